//! What a model said of windows whose class is known.

use plumbline_core::lean::reading::{LeanClass, Probabilities};

use crate::score::Share;

/// What a model said of windows whose class is known.
#[derive(Clone, Debug, Default)]
pub(crate) struct Verdicts {
    /// By true class, then by told class, as in `LeanClass::ALL`.
    pub(crate) confusion: [[u32; 5]; 4],
    /// Ten bins of the likeliest class's probability.
    pub(crate) calibration: [Share; 10],
    squares: f64,
    /// Who was told a wrong class.
    pub(crate) wrong: Vec<String>,
}

impl Verdicts {
    /// One window; `bends` says whether these pods can tell a bend: if not, *not sure* is the answer to one.
    pub(crate) fn take(
        &mut self,
        whose: &str,
        truth: LeanClass,
        bends: bool,
        (told, said): (LeanClass, &Probabilities),
    ) {
        self.confusion[truth.index()][told.index()] += 1;
        if told != LeanClass::NotSure && told != truth {
            self.wrong.push(format!("{whose} told {}", told.name()));
        }
        let asked = if truth == LeanClass::WaistBend && !bends {
            LeanClass::NotSure
        } else {
            truth
        };
        for class in LeanClass::ALL {
            let happened = class == asked;
            let probability = said.of(class);
            self.squares += (probability - f64::from(u8::from(happened))).powi(2);
            if class != LeanClass::NotSure {
                let bin = ((probability * 10.0) as usize).min(9);
                self.calibration[bin].count(happened);
            }
        }
    }

    fn sum(&self, pick: impl Fn(usize, usize) -> bool) -> u32 {
        let cells = (0..4).flat_map(|truth| (0..5).map(move |told| (truth, told)));
        cells
            .filter(|(truth, told)| pick(*truth, *told))
            .map(|(truth, told)| self.confusion[truth][told])
            .sum()
    }

    pub(crate) fn windows(&self) -> u32 {
        self.sum(|_, _| true)
    }

    pub(crate) fn brier(&self) -> Option<f64> {
        (self.windows() > 0).then(|| self.squares / f64::from(self.windows()))
    }

    /// Right among what was told; over postures without a bend when `bends` is false.
    pub(crate) fn right(&self, bends: bool) -> Share {
        let counts = |truth: usize| bends || truth != LeanClass::WaistBend.index();
        Share {
            right: self.sum(|truth, told| counts(truth) && truth == told),
            of: self.sum(|truth, told| counts(truth) && told != LeanClass::NotSure.index()),
        }
    }

    pub(crate) fn not_sure(&self) -> Share {
        Share {
            right: self.sum(|_, told| told == LeanClass::NotSure.index()),
            of: self.windows(),
        }
    }
}
