//! The checksum at the end of a Lean Pod block.
//!
//! Corrects nothing. Invariant: a change of one or two bits of a block always shows, other damage but once in 65536 times.

/// x^16 + x^12 + x^5 + 1, highest power left out.
const POLYNOMIAL: u16 = 0x1021;

/// CRC-16/IBM-3740 (also called CCITT-FALSE): start 0xFFFF, most significant bit first, result as it is.
pub(super) fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF, |crc, &byte| {
        (0..8).fold(crc ^ (u16::from(byte) << 8), |crc, _| {
            let carry = crc & 0x8000 != 0;
            (crc << 1) ^ if carry { POLYNOMIAL } else { 0 }
        })
    })
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
