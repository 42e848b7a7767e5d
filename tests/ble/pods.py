#!/usr/bin/env python3
"""The radio of pods in software: Bluetooth peripherals whose every byte another program makes.

The program tells on its standard output what it offers and sends, and hears on its standard input what the central
does; the lines are written down in `plumbline pod --help`. Here is nothing but the radio: bumble's, in this process.

usage: pods.py TRANSPORT PROGRAM [ARGUMENT...]      TRANSPORT of the central's controller, as bumble names them:
                                                    unix-server:PATH, vhci, ...
"""
import asyncio
import logging
import os
import sys

from bumble import hci
from bumble.controller import Controller
from bumble.core import AdvertisingData, UUID
from bumble.device import Device
from bumble.gatt import Characteristic, CharacteristicValue, Service
from bumble.host import Host
from bumble.link import LocalLink
from bumble.transport import open_transport
from bumble.transport.common import AsyncPipeSink

# So often a pod advertises, milliseconds.
ADVERTISING_MS = 100


class Air(LocalLink):
    """bumble 0.0.236 names the sender's random address whatever the connection was made with: BlueZ connects with its
    public one, and every packet would be dropped."""

    def send_acl_data(self, sender_controller, destination_address, transport, data):
        connection = sender_controller.le_connections.get(destination_address)
        receiver = self.find_le_controller(destination_address)
        if connection is None or receiver is None:
            return super().send_acl_data(sender_controller, destination_address, transport, data)
        asyncio.get_running_loop().call_soon(receiver.on_link_acl_data, connection.self_address, transport, data)


class Central(Controller):
    """The controller of the central's side."""

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        # With these Linux waits for an event that bumble does not send, and every connection hangs for four seconds.
        features = hci.LeFeatureMask
        self.le_features &= ~(
            features.LL_PRIVACY | features.LE_EXTENDED_ADVERTISING | features.LE_PERIODIC_ADVERTISING
        )

    def send_hci_packet(self, packet):
        """bumble sends the advertisement again where the scan response belongs."""
        response = hci.HCI_LE_Advertising_Report_Event.EventType.SCAN_RSP
        if isinstance(packet, hci.HCI_LE_Advertising_Report_Event) and packet.reports[0].event_type == response:
            report = packet.reports[0]
            advertiser = self.link.find_le_controller(report.address)
            if advertiser is None:
                return
            sets = [advertiser.le_legacy_advertiser, *advertiser.advertising_sets.values()]
            report.data = b"".join(bytes(one.scan_response_data) for one in sets)
            packet = hci.HCI_LE_Advertising_Report_Event([report])
        super().send_hci_packet(packet)


class Pod:
    """One peripheral."""

    def __init__(self, number, name, service, program, central):
        self.number, self.name, self.service, self.program, self.central = number, name, service, program, central
        self.characteristics, self.order = {}, []
        self.connection, self.reads, self.outbox = None, {}, asyncio.Queue()

    def offer(self, service, uuid, properties):
        flags = Characteristic.Properties(0)
        for word in properties.split(","):
            flags |= Characteristic.Properties[word.upper().replace("-", "_")]
        value = CharacteristicValue(
            read=lambda _connection: self.read(uuid),
            write=lambda _connection, data: self.program.tell(f"write {self.number} {uuid} {bytes(data).hex()}"),
        )
        one = Characteristic(UUID(uuid), flags, Characteristic.READABLE | Characteristic.WRITEABLE, value)
        one.on("subscription", lambda _bearer, notify, indicate: self.subscription(uuid, notify or indicate))
        self.characteristics[uuid] = one
        self.order.append((service, one))

    async def read(self, uuid):
        answer = self.reads[uuid] = asyncio.get_running_loop().create_future()
        self.program.tell(f"read {self.number} {uuid}")
        return await answer

    def subscription(self, uuid, wanted):
        self.program.tell(f"subscribed {self.number} {uuid} {'yes' if wanted else 'no'}")

    async def start(self, air):
        self.controller = Controller(f"pod {self.number}", link=air)
        host = Host(self.controller, AsyncPipeSink(self.controller))
        address = hci.Address(f"C4:C5:C6:C7:C8:{0xC9 + self.number:02X}")
        self.device = Device(name=self.name, address=address, host=host)
        services = {}
        for service, one in self.order:
            services.setdefault(service, []).append(one)
        self.device.add_services([Service(UUID(uuid), offered) for uuid, offered in services.items()])
        self.device.on("connection", self.connected)
        await self.device.power_on()
        self.device.advertising_data = bytes(AdvertisingData([
            (AdvertisingData.FLAGS, bytes([0x06])),
            (AdvertisingData.COMPLETE_LIST_OF_128_BIT_SERVICE_CLASS_UUIDS, bytes(UUID(self.service))),
        ]))
        self.device.scan_response_data = bytes(AdvertisingData([
            (AdvertisingData.COMPLETE_LOCAL_NAME, self.name.encode()),
        ]))
        await self.advertise()
        asyncio.create_task(self.send())

    async def advertise(self):
        await self.device.start_advertising(
            auto_restart=True, advertising_interval_min=ADVERTISING_MS, advertising_interval_max=ADVERTISING_MS
        )

    def connected(self, connection):
        self.connection = connection
        connection.on("disconnection", self.disconnected)
        self.program.tell(f"connected {self.number}")

    def disconnected(self, _reason):
        self.connection = None
        self.program.tell(f"disconnected {self.number}")

    async def send(self):
        """In the order of the program; what a link that broke would have carried is lost."""
        while True:
            kind, uuid, data = await self.outbox.get()
            one = self.characteristics[uuid]
            try:
                if self.connection is None:
                    continue
                if kind == "indicate":
                    await self.device.indicate_subscribers(one, data)
                else:
                    await self.device.notify_subscribers(one, data)
            except Exception as error:
                log(f"pod {self.number}: {kind} failed: {error!r}")

    async def go_away(self, seconds):
        """Out of range: both sides of the link run into their timeout, and nothing is advertised."""
        log(f"pod {self.number} goes away for {seconds} s")
        own = self.device.random_address
        ends = [(self.central, one) for one in self.central.le_connections.values() if one.peer_address == own]
        ends += [(self.controller, one) for one in self.controller.le_connections.values()]
        for controller, connection in ends:
            controller.on_le_disconnected(connection, hci.HCI_CONNECTION_TIMEOUT_ERROR)
        await asyncio.sleep(0.05)
        await self.device.stop_advertising()
        await asyncio.sleep(seconds)
        await self.advertise()
        log(f"pod {self.number} is back")


class Program:
    """The other program, line by line."""

    def __init__(self, process):
        self.process = process

    def tell(self, line):
        self.process.stdin.write(line.encode() + b"\n")

    async def lines(self):
        while line := await self.process.stdout.readline():
            yield line.decode().split()


def log(text):
    print(f"[pods] {text}", flush=True)


async def offered(program, central):
    """Everything up to `ready`: the pods and what they offer."""
    pods = []
    async for word, *rest in program.lines():
        if word == "pod":
            pods.append(Pod(int(rest[0]), rest[1], rest[2], program, central))
        elif word == "characteristic":
            pods[int(rest[0])].offer(*rest[1:])
        elif word == "ready":
            break
    return pods


async def follow(program, pods):
    async for word, *rest in program.lines():
        if word in ("notify", "indicate"):
            number, uuid, data = rest
            pods[int(number)].outbox.put_nowait((word, uuid, bytes.fromhex(data)))
        elif word == "value":
            number, uuid, *data = rest
            answer = pods[int(number)].reads.pop(uuid, None)
            if answer and not answer.done():
                answer.set_result(bytes.fromhex("".join(data)))
        elif word == "away":
            asyncio.create_task(pods[int(rest[0])].go_away(float(rest[1])))
        else:
            log(" ".join([word, *rest]))


async def main():
    transport, *command = sys.argv[1:]
    process = await asyncio.create_subprocess_exec(
        *command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    program = Program(process)
    async with await open_transport(transport) as central_side:
        air = Air()
        central = Central(
            "central", host_source=central_side.source, host_sink=central_side.sink, link=air,
            public_address="F0:F1:F2:F3:F4:F5",
        )
        pods = await offered(program, central)
        for pod in pods:
            await pod.start(air)
            log(f"pod {pod.number} is {pod.name}")
        await follow(program, pods)
        await process.wait()


if __name__ == "__main__":
    logging.basicConfig(level=os.environ.get("PODS_LOG", "WARNING"))
    asyncio.run(main())
