//! Polar's compressed samples: a reference sample, then blocks of differences of a width each.
//!
//! Knows no unit. Invariant: samples handed out before an error are right; the error tells that more was announced.

use crate::pod::frame::FrameError;

/// How wide the reference sample's numbers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference {
    /// 16 bits.
    Short,
    /// 32 bits: differences are then between bit patterns, and may wrap.
    Long,
}

/// Hands each sample of `N` channels to `each`, oldest first.
pub fn decode<const N: usize>(
    bytes: &[u8],
    reference: Reference,
    mut each: impl FnMut([i32; N]),
) -> Result<(), FrameError> {
    let (mut sample, mut rest) = first::<N>(bytes, reference)?;
    each(sample);
    while !rest.is_empty() {
        let short = |expected| FrameError::Length {
            expected: bytes.len() - rest.len() + expected,
            found: bytes.len(),
        };
        let (&[bits, count], body) = rest.split_first_chunk::<2>().ok_or(short(2))?;
        if !(1..=32).contains(&bits) {
            return Err(FrameError::Field { field: "delta_bits" });
        }
        let (width, count) = (usize::from(bits), usize::from(count));
        let whole = (body.len() * 8 / (width * N)).min(count);
        let mut at = 0;
        for _ in 0..whole {
            for value in &mut sample {
                *value = value.wrapping_add(signed_bits(body, at, bits));
                at += width;
            }
            each(sample);
        }
        let length = (width * count * N).div_ceil(8);
        rest = body.get(length..).ok_or(short(2 + length))?;
    }
    Ok(())
}

fn first<const N: usize>(bytes: &[u8], reference: Reference) -> Result<([i32; N], &[u8]), FrameError> {
    let size = match reference {
        Reference::Short => 2,
        Reference::Long => 4,
    };
    let (head, rest) = bytes.split_at_checked(size * N).ok_or(FrameError::Length {
        expected: size * N,
        found: bytes.len(),
    })?;
    let mut sample = [0; N];
    for (value, bytes) in sample.iter_mut().zip(head.chunks_exact(size)) {
        *value = match *bytes {
            [low, high] => i16::from_le_bytes([low, high]).into(),
            [a, b, c, d] => i32::from_le_bytes([a, b, c, d]),
            _ => 0,
        };
    }
    Ok((sample, rest))
}

/// The signed number of `bits` bits, 1 to 32, that begins at bit `at`, lowest bit first.
fn signed_bits(bytes: &[u8], at: usize, bits: u8) -> i32 {
    let from = bytes.get(at / 8..).unwrap_or_default();
    let window = match from.first_chunk::<8>() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => from
            .iter()
            .rev()
            .fold(0, |window, &byte| window << 8 | u64::from(byte)),
    };
    let unused = 32 - u32::from(bits);
    ((((window >> (at % 8)) as u32) << unused) as i32) >> unused
}
