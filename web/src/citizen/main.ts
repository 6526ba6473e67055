import '@/shared/styles/base.css'
import '@/shared/styles/light.css'
import { createApp } from 'vue'
import Citizen from './Citizen.vue'

createApp(Citizen).mount('#app')
