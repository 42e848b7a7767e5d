//! What repeats with every stride, as a sum of harmonics.
//!
//! Knows no body. Invariant: a wave has no mean, so it turns and carries nothing away for good.

/// Harmonics of the stride a wave is made of: up to 16 Hz, all that markers show of a pelvis.
pub(super) const HARMONICS: usize = 12;

/// Cosine and sine of every multiple of one angle.
pub(super) type Multiples = [[f64; 2]; HARMONICS];

/// A periodic motion: what goes with the cosine and what with the sine of every multiple of the stride's angle, which
/// is 0 where the right foot meets the ground.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Wave([[f64; 2]; HARMONICS]);

impl Wave {
    /// The sum of `amplitude · cos(number · angle + phase)`.
    pub(super) fn of(parts: impl IntoIterator<Item = Harmonic>) -> Self {
        let mut wave = Self::default();
        for part in parts {
            if let Some(place) = part.number.checked_sub(1).and_then(|index| wave.0.get_mut(index)) {
                let (sine, cosine) = part.phase_deg.to_radians().sin_cos();
                place[0] += part.amplitude * cosine;
                place[1] -= part.amplitude * sine;
            }
        }
        wave
    }

    /// The same wave, so many times as large.
    pub(super) fn times(self, factor: f64) -> Self {
        Self(self.0.map(|part| part.map(|share| share * factor)))
    }

    pub(super) fn at(&self, multiples: &Multiples) -> f64 {
        let parts = self.0.iter().zip(multiples);
        parts.map(|(of, at)| of[0] * at[0] + of[1] * at[1]).sum()
    }

    /// The integral over the angle that has no mean either.
    pub(super) fn integral_at(&self, multiples: &Multiples) -> f64 {
        let parts = self.0.iter().zip(multiples).enumerate();
        parts
            .map(|(index, (of, at))| (of[0] * at[1] - of[1] * at[0]) / (index + 1) as f64)
            .sum()
    }
}

/// One harmonic of a stride.
#[derive(Clone, Copy, Debug)]
pub(super) struct Harmonic {
    /// 1 once a stride, 2 once a step, and so on.
    pub(super) number: usize,
    pub(super) amplitude: f64,
    pub(super) phase_deg: f64,
}

/// All multiples of an angle, by adding it up.
pub(super) fn multiples(angle: f64) -> Multiples {
    let (sine, cosine) = angle.sin_cos();
    let mut last = [1.0, 0.0];
    [(); HARMONICS].map(|()| {
        last = [
            last[0] * cosine - last[1] * sine,
            last[1] * cosine + last[0] * sine,
        ];
        last
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wave_is_the_sum_of_its_harmonics_and_its_integral_theirs() {
        let part = |number, amplitude, phase_deg| Harmonic {
            number,
            amplitude,
            phase_deg,
        };
        let wave = Wave::of([part(1, 2.0, 30.0), part(5, 0.7, -100.0), part(12, 0.2, 170.0)]);
        for step in 0..40 {
            let angle = 0.37 * f64::from(step);
            let sum = 2.0 * (angle + 30_f64.to_radians()).cos()
                + 0.7 * (5.0 * angle - 100_f64.to_radians()).cos()
                + 0.2 * (12.0 * angle + 170_f64.to_radians()).cos();
            assert!((wave.at(&multiples(angle)) - sum).abs() < 1e-9);
            let h = 1e-5;
            let [before, after] = [angle - h, angle + h].map(|angle| wave.integral_at(&multiples(angle)));
            assert!(((after - before) / (2.0 * h) - sum).abs() < 1e-6);
        }
    }
}
