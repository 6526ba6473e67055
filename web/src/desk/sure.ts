import { sayAct } from '@/shared/labels/desk'
import { ElMessageBox } from './elements'

/** Ask once before what cannot be taken back. */
export async function askOnce(title: string, what: string, yes: string, no = sayAct.no): Promise<boolean> {
  try {
    await ElMessageBox.confirm(what, title, { confirmButtonText: yes, cancelButtonText: no, closeOnClickModal: false })
    return true
  } catch {
    return false
  }
}
