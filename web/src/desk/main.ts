import '@/shared/styles/base.css'
import '@/shared/styles/light.css'
import './elements'
import './desk.css'
import { createApp } from 'vue'
import Desk from './Desk.vue'

createApp(Desk).mount('#app')
