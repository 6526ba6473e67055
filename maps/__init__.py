"""What is seen (地图): pure GeoJSON layers and the live feed of the wall."""
