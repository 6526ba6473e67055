// Element Plus, one component at a time, in Chinese. Each brings its own style sheet; none writes a style into the page.
// What the desk uses of each component stands here as its type: their own are too loose for our strict templates.
import type { AllowedComponentProps, VNodeProps } from 'vue'
import { ElButton as Button } from 'element-plus/es/components/button/index.mjs'
import { ElConfigProvider as ConfigProvider } from 'element-plus/es/components/config-provider/index.mjs'
import { ElDatePicker as DatePicker } from 'element-plus/es/components/date-picker/index.mjs'
import { ElDialog as Dialog } from 'element-plus/es/components/dialog/index.mjs'
import { ElInput as Input } from 'element-plus/es/components/input/index.mjs'
import { ElOption as Option, ElOptionGroup as OptionGroup, ElSelect as Select } from 'element-plus/es/components/select/index.mjs'
import 'element-plus/es/components/button/style/css.mjs'
import 'element-plus/es/components/date-picker/style/css.mjs'
import 'element-plus/es/components/dialog/style/css.mjs'
import 'element-plus/es/components/input/style/css.mjs'
import 'element-plus/es/components/message-box/style/css.mjs'
import 'element-plus/es/components/option-group/style/css.mjs'
import 'element-plus/es/components/option/style/css.mjs'
import 'element-plus/es/components/select/style/css.mjs'

export { ElMessageBox } from 'element-plus/es/components/message-box/index.mjs'
export { default as chinese } from 'element-plus/es/locale/lang/zh-cn.mjs'

type Part<Props, Slots extends string = 'default'> = new () => {
  $props: Props & VNodeProps & AllowedComponentProps
  $slots: Partial<Record<Slots, () => unknown>>
}

interface Field {
  id?: string
  disabled?: boolean
  placeholder?: string
}

interface Typed<Value> extends Field {
  modelValue?: Value | undefined
  'onUpdate:modelValue'?: (value: Value) => void
  onChange?: (value: Value) => void
}

interface ButtonProps {
  type?: 'primary' | 'default'
  size?: 'default' | 'large'
  nativeType?: 'submit' | 'button'
  loading?: boolean
  disabled?: boolean
  text?: boolean
  onClick?: () => void
}

interface InputProps extends Typed<string> {
  type?: 'text' | 'textarea'
  rows?: number
  maxlength?: number
  inputmode?: 'decimal' | 'tel' | 'text'
  autocomplete?: string
}

interface SelectProps extends Typed<string> {
  filterable?: boolean
  filterMethod?: (typed: string) => void
  onVisibleChange?: (open: boolean) => void
}

interface DateProps extends Typed<string> {
  type?: 'date' | 'datetime'
  format?: string
  valueFormat?: string
  clearable?: boolean
}

interface DialogProps {
  modelValue: boolean
  title: string
  width?: string
  appendToBody?: boolean
  closeOnClickModal?: boolean
  onClose?: () => void
}

const typed = <Props, Slots extends string = 'default'>(part: unknown) => part as Part<Props, Slots>

export const ElButton = typed<ButtonProps>(Button)
export const ElConfigProvider = typed<{ locale: object }>(ConfigProvider)
export const ElDatePicker = typed<DateProps>(DatePicker)
export const ElDialog = typed<DialogProps, 'default' | 'footer'>(Dialog)
export const ElInput = typed<InputProps>(Input)
export const ElOption = typed<{ value: string; label: string }>(Option)
export const ElOptionGroup = typed<{ label: string }>(OptionGroup)
export const ElSelect = typed<SelectProps>(Select)
