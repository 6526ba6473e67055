import '@/shared/styles/base.css'
import './wall.css'
import { createApp } from 'vue'
import Wall from './Wall.vue'

createApp(Wall).mount('#app')
