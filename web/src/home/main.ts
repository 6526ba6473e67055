import '@/shared/styles/base.css'
import '@/shared/styles/light.css'
import { createApp } from 'vue'
import Home from './Home.vue'

createApp(Home).mount('#app')
