//! Errors with a name, and what is said of many of them.

/// Errors of one quantity, each with the run it belongs to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Errors(Vec<(String, f64)>);

impl Errors {
    pub(crate) fn push(&mut self, name: &str, error: f64) {
        self.0.push((name.to_owned(), error));
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn rmse(&self) -> Option<f64> {
        let sum: f64 = self.0.iter().map(|(_, error)| error * error).sum();
        (!self.0.is_empty()).then(|| (sum / self.0.len() as f64).sqrt())
    }

    pub(crate) fn bias(&self) -> Option<f64> {
        let sum: f64 = self.0.iter().map(|(_, error)| error).sum();
        (!self.0.is_empty()).then(|| sum / self.0.len() as f64)
    }

    /// Spread about the bias.
    pub(crate) fn spread(&self) -> Option<f64> {
        let (rmse, bias) = (self.rmse()?, self.bias()?);
        Some((rmse * rmse - bias * bias).max(0.0).sqrt())
    }

    /// Everyone's mean error, in the order in which they came.
    pub(crate) fn by_name(&self) -> Vec<(&str, f64)> {
        let mut sums: Vec<(&str, f64, u32)> = Vec::new();
        for (name, error) in &self.0 {
            match sums.iter_mut().find(|(known, ..)| known == name) {
                Some((_, sum, count)) => (*sum, *count) = (*sum + error, *count + 1),
                None => sums.push((name, *error, 1)),
            }
        }
        let means = sums
            .into_iter()
            .map(|(name, sum, count)| (name, sum / f64::from(count)));
        means.collect()
    }

    /// The largest error and whose it is.
    pub(crate) fn worst(&self) -> Option<&(String, f64)> {
        self.0.iter().max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()))
    }
}

/// How often something was right.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Share {
    pub(crate) right: u32,
    pub(crate) of: u32,
}

impl Share {
    pub(crate) fn count(&mut self, right: bool) {
        self.right += u32::from(right);
        self.of += 1;
    }

    pub(crate) fn share(self) -> Option<f64> {
        (self.of > 0).then(|| f64::from(self.right) / f64::from(self.of))
    }
}

/// A number with so many decimals, or a dash.
pub(crate) fn number(value: Option<f64>, decimals: usize) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.decimals$}"))
}

/// A number with its sign; none for what rounds to nothing.
pub(crate) fn signed(value: Option<f64>, decimals: usize) -> String {
    value.map_or_else(
        || "–".to_owned(),
        |value| {
            let text = format!("{value:+.decimals$}");
            let nothing = text.bytes().all(|letter| !(b'1'..=b'9').contains(&letter));
            if nothing { text[1..].to_owned() } else { text }
        },
    )
}

/// A share as percent.
pub(crate) fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| format!("{:.0} %", 100.0 * share))
}

/// Share of the variance of `truth` that a straight line through `found` explains.
pub(crate) fn explained(pairs: &[(f64, f64)]) -> Option<f64> {
    let count = pairs.len() as f64;
    let mean = |pick: fn(&(f64, f64)) -> f64| pairs.iter().map(pick).sum::<f64>() / count;
    let (x, y) = (mean(|pair| pair.0), mean(|pair| pair.1));
    let sum = |of: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|pair| of(pair.0 - x, pair.1 - y)).sum::<f64>();
    let (xx, yy, xy) = (sum(&|a, _| a * a), sum(&|_, b| b * b), sum(&|a, b| a * b));
    (pairs.len() > 2 && xx > 0.0 && yy > 0.0).then(|| xy.signum() * xy * xy / (xx * yy))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_rounds_to_nothing_has_no_sign() {
        assert_eq!(signed(Some(-0.04), 1), "0.0");
        assert_eq!(signed(Some(-0.06), 1), "-0.1");
        assert_eq!(signed(Some(10.0), 0), "+10");
        assert_eq!(signed(None, 1), "–");
    }

    #[test]
    fn a_line_explains_all_of_a_line_and_nothing_of_a_bow() {
        let line: Vec<(f64, f64)> = (0..9).map(|k| (f64::from(k), 3.0 - 2.0 * f64::from(k))).collect();
        assert!(explained(&line).is_some_and(|share| (share + 1.0).abs() < 1e-12));
        let bow: Vec<(f64, f64)> = (-4..5).map(|k| (f64::from(k), f64::from(k * k))).collect();
        assert!(explained(&bow).is_some_and(|share| share.abs() < 1e-12));
    }
}
