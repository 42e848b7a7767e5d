#!/usr/bin/env python3
"""A BlueZ without a radio: an adapter and the pods a test asks for, on a private D-Bus.

Knows no pod's protocol: a test says which services a pod has, what it sends and how it answers.
A test speaks to it over a Unix socket, one JSON object a line; each is answered by one line.

  {"do": "pod", "address", "name", "advertised": [uuid], "services": [{"uuid", "characteristics":
      [{"uuid", "flags": [..], "value": hex, "answers": [{"to": hex, "from": uuid, "send": [hex], "after_ms"}]}]}]}
  {"do": "set", "address", ..}      any of: connect ok|hang|busy|refuse|dead, times (of the last two), disconnect_ms,
                                    slow_ms (of each read, write, subscription), errors {uuid: "Name: text"},
                                    there true|false (advertises), forget (the object goes away)
  {"do": "send", "address", "uuid", "hex": [..], "every_ms"}    queued, sent while subscribed
  {"do": "drop", "address"}         the link breaks, as by the pod
  {"do": "adapter", "powered", "present", "forbidden"}
  {"do": "seen", "address"}         what was asked of the pod so far, how much was sent, what waits
"""

import asyncio
import json
import os
import sys

from dbus_fast import BusType, DBusError, PropertyAccess
from dbus_fast.aio import MessageBus
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property

ADAPTER = "/org/bluez/hci0"
ADVERTISE_EVERY_S = 0.1
READ = PropertyAccess.READ


def properties(interface, table):
    """A base class of read-only properties: {name: (signature, attribute)}."""
    members = {}
    for name, (signature, attribute) in table.items():
        scope = {}
        exec(f"def {name}(self) -> '{signature}':\n    return self.{attribute}", scope)
        members[name] = dbus_property(access=READ)(scope[name])
    return type(interface.rsplit(".", 1)[-1] + "Properties", (ServiceInterface,), members)


def error(text):
    name, _, message = text.partition(": ")
    return DBusError("org.bluez.Error." + name, message)


class Adapter(
    properties(
        "org.bluez.Adapter1",
        {
            "Address": ("s", "address"),
            "AddressType": ("s", "address_type"),
            "Name": ("s", "name_"),
            "Alias": ("s", "name_"),
            "Modalias": ("s", "modalias"),
            "Class": ("u", "class_"),
            "Discovering": ("b", "discovering"),
            "UUIDs": ("as", "uuids"),
        },
    )
):
    address, address_type, name_ = "F0:F1:F2:F3:F4:F5", "public", "fake"
    modalias, class_, uuids = "usb:v1D6Bp0246d0542", 0, []

    def __init__(self, world):
        super().__init__("org.bluez.Adapter1")
        self.world, self.powered, self.discovering, self.blocked = world, True, False, False
        self.forbidden = False

    @dbus_property()
    def Powered(self) -> "b":
        return self.powered

    @Powered.setter
    def Powered(self, on: "b"):
        if on and self.blocked:
            raise error("Blocked: Blocked through rfkill")
        if on != self.powered:
            self.switch(on)

    def switch(self, on):
        self.powered, self.blocked = on, not on
        if not on:
            self.discovering = False
            for device in self.world.devices.values():
                device.drop()
        self.emit_properties_changed({"Powered": on, "Discovering": self.discovering})

    @dbus_method()
    def StartDiscovery(self):
        if not self.powered:
            raise error("NotReady: Resource Not Ready")
        if self.forbidden:
            raise DBusError("org.freedesktop.DBus.Error.AccessDenied", "Rejected send message")
        if self.discovering:
            raise error("InProgress: Operation already in progress")
        self.discovering = True
        self.emit_properties_changed({"Discovering": True})

    @dbus_method()
    def StopDiscovery(self):
        if not self.discovering:
            raise error("Failed: No discovery started")
        self.discovering = False
        self.emit_properties_changed({"Discovering": False})

    @dbus_method()
    def SetDiscoveryFilter(self, filter: "a{sv}"):
        pass

    @dbus_method()
    def RemoveDevice(self, device: "o"):
        for known in self.world.devices.values():
            if known.path == device:
                known.forget()


class Device(
    properties(
        "org.bluez.Device1",
        {
            "Address": ("s", "address"),
            "AddressType": ("s", "address_type"),
            "Name": ("s", "name_"),
            "Alias": ("s", "name_"),
            "Adapter": ("o", "adapter"),
            "UUIDs": ("as", "advertised"),
            "RSSI": ("n", "rssi"),
            "Connected": ("b", "connected"),
            "ServicesResolved": ("b", "resolved"),
            "Paired": ("b", "no"),
            "Bonded": ("b", "no"),
            "Trusted": ("b", "no"),
            "Blocked": ("b", "no"),
            "LegacyPairing": ("b", "no"),
        },
    )
):
    address_type, adapter, no = "random", ADAPTER, False

    def __init__(self, world, address, name, advertised, services, **_):
        super().__init__("org.bluez.Device1")
        self.world, self.address, self.name_, self.advertised = world, address, name, advertised
        self.path = f"{ADAPTER}/dev_{address.replace(':', '_')}"
        self.layout = services
        self.connected = self.resolved = self.known = self.connecting = False
        self.rssi, self.objects, self.characteristics = -50, [], {}
        # What a test may set.
        self.there, self.connect, self.times, self.disconnect_ms, self.slow_ms, self.errors = True, "ok", 0, 0, 0, {}
        self.queues, self.sent, self.calls = {}, {}, []

    # What advertises and what BlueZ knows.

    def advertise(self):
        if not self.there or self.connected:
            return
        if not self.known:
            self.known = True
            self.world.bus.export(self.path, self)
        self.rssi = -50 if self.rssi != -50 else -51  # only a change is told
        self.emit_properties_changed({"RSSI": self.rssi})

    def forget(self):
        self.drop()
        if self.known:
            self.known = False
            self.world.bus.unexport(self.path)

    def set(self, wish):
        for key, value in wish.items():
            if key == "forget":
                self.forget()
            elif key not in ("do", "address"):
                setattr(self, key, value)
        if not self.there:
            self.drop()

    # The link.

    @dbus_method()
    async def Connect(self):
        self.calls.append("connect")
        if self.connected:
            return
        if self.connecting:
            raise error("InProgress: Operation already in progress")
        if self.connect == "busy":
            # It has given up answering, not trying.
            asyncio.create_task(self.open())
            raise error("InProgress: Operation already in progress")
        if not self.world.adapter.powered:
            raise error("NotReady: Resource Not Ready")
        if self.connect == "refuse" and self.once_less():
            raise error("Failed: le-connection-abort-by-local")
        await self.open()

    async def open(self):
        self.connecting = True
        try:
            # A pod that is away or does not answer: BlueZ tries on until somebody disconnects.
            while self.connecting and (not self.there or self.connect == "hang"):
                await asyncio.sleep(0.02)
            if not self.connecting:
                raise error("Failed: Operation canceled")
            await asyncio.sleep(0.02)
        finally:
            self.connecting = False
        if not self.world.adapter.powered:
            raise error("NotReady: Resource Not Ready")
        self.connected = True
        self.emit_properties_changed({"Connected": True})
        if self.connect == "dead" and self.once_less():
            return
        asyncio.get_running_loop().call_later(0.02, self.resolve)

    def once_less(self):
        self.times -= 1
        if self.times == 0:
            self.connect = "ok"
        return self.times >= 0

    def resolve(self):
        if not self.connected or self.resolved:
            return
        for n, service in enumerate(self.layout):
            path = f"{self.path}/service{n:04x}"
            self.export(path, Service(service["uuid"], self.path))
            for m, characteristic in enumerate(service["characteristics"]):
                made = Characteristic(self, path, **characteristic)
                self.characteristics[made.uuid] = made
                self.export(f"{path}/char{m:04x}", made)
        self.resolved = True
        self.emit_properties_changed({"ServicesResolved": True})

    def export(self, path, made):
        self.world.bus.export(path, made)
        self.objects.append(path)

    @dbus_method()
    async def Disconnect(self):
        self.calls.append("disconnect")
        self.connecting = False
        await asyncio.sleep(self.disconnect_ms / 1000)
        self.drop()

    def drop(self):
        self.connecting = False
        if not self.connected:
            return
        self.connected = self.resolved = False
        for characteristic in self.characteristics.values():
            characteristic.stop()
        for path in reversed(self.objects):
            self.world.bus.unexport(path)
        self.objects, self.characteristics = [], {}
        self.emit_properties_changed({"ServicesResolved": False, "Connected": False})

    def send(self, uuid, hex, every_ms):
        queue = self.queues.setdefault(uuid, [])
        queue += [(every_ms / 1000, bytes.fromhex(one)) for one in hex]

    def seen(self):
        waiting = {uuid: len(queue) for uuid, queue in self.queues.items()}
        return {"calls": self.calls, "connected": self.connected, "sent": self.sent, "waiting": waiting}


class Service(
    properties("org.bluez.GattService1", {"UUID": ("s", "uuid"), "Primary": ("b", "yes"), "Device": ("o", "device")})
):
    yes = True

    def __init__(self, uuid, device):
        super().__init__("org.bluez.GattService1")
        self.uuid, self.device = uuid, device


class Characteristic(
    properties(
        "org.bluez.GattCharacteristic1",
        {
            "UUID": ("s", "uuid"),
            "Service": ("o", "service"),
            "Value": ("ay", "value"),
            "Notifying": ("b", "notifying"),
            "Flags": ("as", "flags"),
            "MTU": ("q", "mtu"),
        },
    )
):
    mtu = 517

    def __init__(self, device, service, uuid, flags, value="", answers=()):
        super().__init__("org.bluez.GattCharacteristic1")
        self.device, self.service, self.uuid, self.flags = device, service, uuid, flags
        self.value, self.answers, self.notifying, self.task = bytes.fromhex(value), answers, False, None

    async def called(self, what):
        self.device.calls.append(f"{what} {self.uuid}")
        await asyncio.sleep(self.device.slow_ms / 1000)
        if not self.device.connected:
            raise error("NotConnected: Not Connected")
        if self.uuid in self.device.errors:
            raise error(self.device.errors[self.uuid])

    def notify(self, value):
        self.value = value
        self.device.sent[self.uuid] = self.device.sent.get(self.uuid, 0) + 1
        self.emit_properties_changed({"Value": value})

    async def stream(self):
        loop = asyncio.get_running_loop()
        due = loop.time()
        while True:
            queue = self.device.queues.get(self.uuid)
            if not queue:
                await asyncio.sleep(0.01)
                due = loop.time()
                continue
            every_s, value = queue[0]
            due += every_s
            await asyncio.sleep(max(0, due - loop.time()))
            queue.pop(0)
            self.notify(value)

    def stop(self):
        self.notifying = False
        if self.task:
            self.task.cancel()
            self.task = None

    @dbus_method()
    async def StartNotify(self):
        await self.called("subscribe")
        if not self.notifying:
            self.notifying = True
            self.emit_properties_changed({"Notifying": True})
            self.task = asyncio.create_task(self.stream())

    @dbus_method()
    async def StopNotify(self):
        self.device.calls.append(f"unsubscribe {self.uuid}")
        self.stop()

    @dbus_method()
    async def WriteValue(self, value: "ay", options: "a{sv}"):
        await self.called(f"write {value.hex()}")
        for answer in self.answers:
            if value.hex().startswith(answer["to"]):
                asyncio.create_task(self.answer(answer))

    async def answer(self, answer):
        await asyncio.sleep(answer.get("after_ms", 0) / 1000)
        sender = self.device.characteristics.get(answer["from"])
        for value in answer["send"] if sender and sender.notifying else ():
            sender.notify(bytes.fromhex(value))

    @dbus_method()
    async def ReadValue(self, options: "a{sv}") -> "ay":
        await self.called("read")
        return self.value


class World:
    def __init__(self, bus):
        self.bus, self.devices = bus, {}
        self.adapter = Adapter(self)
        self.present = False
        self.plug(True)

    def plug(self, present):
        if present and not self.present:
            self.bus.export(ADAPTER, self.adapter)
        elif self.present and not present:
            self.bus.unexport(ADAPTER, self.adapter)
        self.present = present

    async def advertise(self):
        while True:
            await asyncio.sleep(ADVERTISE_EVERY_S)
            if self.adapter.discovering:
                for device in self.devices.values():
                    device.advertise()

    def obey(self, wish):
        device = self.devices.get(wish.get("address"))
        match wish["do"]:
            case "pod":
                self.devices[wish["address"]] = Device(self, **wish)
            case "set":
                device.set(wish)
            case "send":
                device.send(wish["uuid"], wish["hex"], wish["every_ms"])
            case "drop":
                device.drop()
            case "adapter":
                if "present" in wish:
                    self.plug(wish["present"])
                self.adapter.forbidden = wish.get("forbidden", False)
                if "powered" in wish:
                    self.adapter.switch(wish["powered"])
            case "seen":
                return device.seen()
            case unknown:
                raise ValueError(f"`{unknown}` is not understood")
        return {}

    async def listen(self, reader, writer):
        while line := await reader.readline():
            try:
                answer = self.obey(json.loads(line))
            except Exception as mistake:  # told to the test, which fails
                answer = {"mistake": repr(mistake)}
            writer.write(json.dumps(answer).encode() + b"\n")
            await writer.drain()


async def main():
    bus = await MessageBus(bus_type=BusType.SYSTEM).connect()
    world = World(bus)
    await bus.request_name("org.bluez")
    await asyncio.start_unix_server(world.listen, sys.argv[1], limit=1 << 26)
    print("ready", flush=True)
    advertising = asyncio.create_task(world.advertise())
    await bus.wait_for_disconnect()
    advertising.cancel()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except (KeyboardInterrupt, EOFError):
        os._exit(0)
