// What a screen asks for and shows: asked again when the question changes and whenever anything moved.
import { ref, shallowRef, watch } from 'vue'
import { useDesk } from './desk'

/** `question` undefined asks nothing. While one and the same thing is asked again, what was there stays on the screen. */
export function useAsked<Question, Answer>(question: () => Question | undefined, asked: (question: Question) => Promise<Answer>) {
  const desk = useDesk()
  const answer = shallowRef<Answer>()
  const trouble = ref('')
  let latest = 0

  async function load() {
    const wanted = question()
    const mine = (latest += 1)
    if (wanted === undefined) return
    try {
      const got = await asked(wanted)
      if (mine === latest) {
        answer.value = got
        trouble.value = ''
      }
    } catch (error) {
      if (mine === latest) trouble.value = desk.trouble(error)
    }
  }
  watch(() => JSON.stringify(question()), () => {
    answer.value = undefined
    trouble.value = ''
    void load()
  }, { immediate: true })
  watch(desk.live.beat, load)
  return { answer, trouble, load }
}
