//! The checksum at the end of a Lean Pod block.
//!
//! Corrects nothing. Invariant: a change of one or two bits of a block always shows, other damage but once in 65536 times.

use crc::{CRC_16_IBM_3740, Crc, Table};

/// CRC-16/IBM-3740 (also called CCITT-FALSE).
static CRC: Crc<u16, Table<16>> = Crc::<u16, Table<16>>::new(&CRC_16_IBM_3740);

pub(super) fn crc16(bytes: &[u8]) -> u16 {
    CRC.checksum(bytes)
}

#[cfg(test)]
mod tests {
    use super::crc16;

    #[test]
    fn the_published_check_values_come_out() {
        for (bytes, check) in [
            (&b"123456789"[..], 0x29B1),
            (&b""[..], 0xFFFF),
            (&b"A"[..], 0xB915),
        ] {
            assert_eq!(crc16(bytes), check, "{bytes:?}");
        }
    }
}
