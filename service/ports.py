"""Ports (端口): found free before anything is started, or refused with the setting that changes them."""

import errno
import socket
from dataclasses import replace

from town.errors import Refused
from town.settings import DEFAULT_MQTT_PORT, Settings

PORTS_TO_TRY = 20


def chosen(settings: Settings) -> Settings:
    """The settings with a port for the own broker that is free: the default one may belong to the system's Mosquitto.

    Raises Refused("port_taken") when the web's port, or a broker's port that was asked for, cannot be had.
    """
    if why := _hindrance(settings.host, settings.port):
        raise Refused("port_taken", host=settings.host, port=settings.port, why=why, setting="WANGGE_PORT")
    return replace(settings, mqtt_port=_broker_port(settings)) if settings.own_broker else settings


def _broker_port(settings: Settings) -> int:
    host, wanted = settings.mqtt_host, settings.mqtt_port
    choice = range(wanted, wanted + PORTS_TO_TRY) if wanted == DEFAULT_MQTT_PORT else (wanted,)
    for port in choice:
        if port != settings.port and not _hindrance(host, port):
            return port
    raise Refused("port_taken", host=host, port=wanted, why=_hindrance(host, wanted), setting="WANGGE_MQTT_PORT")


def _hindrance(host: str, port: int) -> str:
    """Why nobody could listen there; empty when one can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        return "已经有程序在用" if error.errno == errno.EADDRINUSE else str(error.strerror or error)
    return ""
