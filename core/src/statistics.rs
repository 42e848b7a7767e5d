//! Means, spreads and the one error curve of the house.
//!
//! Knows no quantity and no unit. Invariant: no result of finite numbers is NaN.

/// The mean; `None` of nothing.
#[must_use]
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// The sample standard deviation; 0 below two values.
#[must_use]
pub fn standard_deviation(values: &[f64]) -> f64 {
    let Some(centre) = mean(values).filter(|_| values.len() > 1) else {
        return 0.0;
    };
    let squares: f64 = values.iter().map(|value| (value - centre).powi(2)).sum();
    (squares / (values.len() - 1) as f64).sqrt()
}

/// The median; `None` of nothing.
#[must_use]
pub fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let last = values.len().checked_sub(1)?;
    let (below, above) = (last / 2, last.div_ceil(2));
    Some(f64::midpoint(*values.get(below)?, *values.get(above)?))
}

/// The error curve: Student's t with four degrees of freedom, a bell whose tails are as heavy as those of people.
///
/// Everything about it is a polynomial in `s = z / sqrt(z² + 4)`, which runs from −1 to 1.
pub mod heavy {
    /// 90 % of it lies within this many scales.
    pub const CI90: f64 = 2.132;
    /// Its standard deviation in scales.
    pub const DEVIATION: f64 = std::f64::consts::SQRT_2;

    /// Share of it below `z` scales.
    #[must_use]
    pub fn below(z: f64) -> f64 {
        below_at(place(z))
    }

    /// The place `s` of `z` scales.
    #[must_use]
    pub fn place(z: f64) -> f64 {
        // Far out the square would be infinite.
        let z = z.clamp(-1e6, 1e6);
        z / z.mul_add(z, 4.0).sqrt()
    }

    /// How many scales the place `s` is.
    #[must_use]
    pub fn scales(s: f64) -> f64 {
        2.0 * s / (1.0 - s * s).max(1e-12).sqrt()
    }

    /// Share of it below the place `s`.
    #[must_use]
    pub fn below_at(s: f64) -> f64 {
        0.5 + s * (0.75 - 0.25 * s * s)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_a_spread_and_a_median_are_those_of_the_textbook() {
        assert_eq!((mean(&[]), mean(&[1.0, 2.0, 6.0])), (None, Some(3.0)));
        assert!((standard_deviation(&[1.0, 2.0, 6.0]) - 7.0_f64.sqrt()).abs() < 1e-12);
        assert!(standard_deviation(&[4.0]).abs() < 1e-12);
        assert_eq!(median(vec![]), None);
        assert_eq!(
            (median(vec![3.0, 1.0, 2.0]), median(vec![4.0, 1.0, 2.0, 3.0])),
            (Some(2.0), Some(2.5))
        );
    }

    #[test]
    fn the_error_curve_is_the_tabulated_one() {
        // Student's t, four degrees of freedom: one-sided quantiles of 0.75, 0.95 and 0.995.
        for (z, share) in [(0.740_7, 0.75), (2.131_8, 0.95), (4.604_1, 0.995)] {
            assert!((heavy::below(z) - share).abs() < 1e-4, "{z}");
            assert!((heavy::below(-z) - (1.0 - share)).abs() < 1e-4, "{z}");
            assert!((heavy::scales(heavy::place(z)) - z).abs() < 1e-9, "{z}");
        }
        assert!((heavy::below(f64::INFINITY) - 1.0).abs() < 1e-9);
    }
}
