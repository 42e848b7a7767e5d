//! Carries the bytes of a Bluetooth controller between the kernel and a serial port of the guest.
//!
//! Understands no packet but its length. Invariant: packets go to the kernel whole, as it wants them.

use std::{
    fs::{File, OpenOptions},
    io::{self, Read, Write},
    thread,
    time::Duration,
};

/// Opens a controller of the kernel whose other end is this program.
const CREATE: [u8; 2] = [0xFF, 0x00];
/// Packets of Bluetooth's serial transport: data to and from a link, synchronous data, events, isochronous data.
const ACL: u8 = 0x02;
const SCO: u8 = 0x03;
const EVENT: u8 = 0x04;
const ISO: u8 = 0x05;

/// Carries until one end closes.
pub(crate) fn run(port: &str) -> io::Result<()> {
    let open = |path: &str| OpenOptions::new().read(true).write(true).open(path);
    let mut kernel = open("/dev/vhci")?;
    let mut port = open(port)?;
    kernel.write_all(&CREATE)?;
    let (from_kernel, to_port) = (kernel.try_clone()?, port.try_clone()?);
    thread::spawn(move || outwards(from_kernel, to_port));
    loop {
        kernel.write_all(&packet(&mut port)?)?;
    }
}

/// The kernel gives a whole packet with each read.
fn outwards(mut kernel: File, mut port: File) {
    let mut packet = [0; 4096];
    while let Ok(length) = kernel.read(&mut packet) {
        let packet = &packet[..length];
        // The answer to the creation is for us.
        let sent = packet.first() == Some(&CREATE[0]) || port.write_all(packet).is_ok();
        if !sent {
            return;
        }
    }
}

fn packet(port: &mut File) -> io::Result<Vec<u8>> {
    let mut packet = vec![0];
    while port.read(&mut packet)? == 0 {
        // Nobody listens on the host's side yet.
        thread::sleep(Duration::from_millis(20));
    }
    let header = match packet[0] {
        EVENT => 2,
        SCO => 3,
        ACL | ISO => 4,
        other => return Err(io::Error::other(format!("a packet of kind {other:#04x}"))),
    };
    packet.resize(1 + header, 0);
    port.read_exact(&mut packet[1..])?;
    let length = match packet[..] {
        [ACL | ISO, _, _, low, high] => usize::from(u16::from_le_bytes([low, high]) & 0x3FFF),
        _ => usize::from(packet[header]),
    };
    packet.resize(1 + header + length, 0);
    port.read_exact(&mut packet[1 + header..])?;
    Ok(packet)
}
