//! The command line's own titles and its way of writing numbers, in each language.
//!
//! Sentences about running come from the core. Invariant: every language has every title (the compiler checks).

mod english;
mod german;
mod titles;

use clap::ValueEnum;
use plumbline_core::units::Timestamp;

pub(crate) use titles::Titles;

/// A language the product speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// English.
    #[default]
    En,
    /// German.
    De,
}

impl Language {
    /// The tag the core knows the language by (BCP 47).
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }

    /// The titles in this language.
    pub(crate) const fn titles(self) -> &'static Titles {
        match self {
            Self::En => &english::TITLES,
            Self::De => &german::TITLES,
        }
    }

    /// A number as people of this language write it, with a true minus sign.
    pub(crate) fn number(self, value: f64, decimals: usize) -> String {
        let text = format!("{:.decimals$}", value.abs());
        let text = match self {
            Self::En => text,
            Self::De => text.replace('.', ","),
        };
        let is_zero = text.chars().all(|digit| "0.,".contains(digit));
        if value < 0.0 && !is_zero {
            format!("\u{2212}{text}")
        } else {
            text
        }
    }

    /// Words somebody says, in this language's quotation marks.
    pub(crate) fn quoted(self, words: &str) -> String {
        match self {
            Self::En => format!("\u{201c}{words}\u{201d}"),
            Self::De => format!("\u{201e}{words}\u{201c}"),
        }
    }

    /// How many steps there were, and how many of them were steady.
    pub(crate) fn steps(self, all: usize, steady: u32) -> String {
        match self {
            Self::En => format!("{all} steps, {steady} of them steady"),
            Self::De => format!("{all} Schritte, davon {steady} stetig"),
        }
    }

    /// Low to high, with a word that cannot be taken for a minus sign.
    pub(crate) fn range(self, bounds: [f64; 2], decimals: usize) -> String {
        let word = match self {
            Self::En => "to",
            Self::De => "bis",
        };
        format!(
            "{} {word} {}",
            self.number(bounds[0], decimals),
            self.number(bounds[1], decimals)
        )
    }

    /// Day and time of a moment, in UTC: the core keeps no place.
    pub(crate) fn moment(self, at: Timestamp) -> String {
        let Ok(moment) = jiff::Timestamp::from_microsecond(at.0) else {
            return "?".to_string();
        };
        let pattern = match self {
            Self::En => "%-d %B %Y, %H:%M UTC",
            Self::De => "%-d.%-m.%Y, %H:%M UTC",
        };
        moment.strftime(pattern).to_string()
    }
}

/// Minutes and seconds, or hours too when there are any: `20:05`, `1:02:09`.
pub(crate) fn clock(seconds: f64) -> String {
    let whole = seconds.max(0.0).round() as u64;
    let (hours, minutes, seconds) = (whole / 3600, whole / 60 % 60, whole % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::{Language, clock};
    use plumbline_core::units::Timestamp;

    #[test]
    fn numbers_carry_a_true_minus_and_the_language_s_decimal_sign() {
        assert_eq!(Language::En.number(-2.14, 1), "\u{2212}2.1");
        assert_eq!(Language::De.number(8.05, 2), "8,05");
        assert_eq!(Language::En.number(-0.04, 1), "0.0");
        assert_eq!(Language::De.range([-2.0, 4.0], 0), "\u{2212}2 bis 4");
    }

    #[test]
    fn time_reads_as_on_a_watch() {
        assert_eq!(clock(1_205.2), "20:05");
        assert_eq!(clock(3_729.0), "1:02:09");
        assert_eq!(
            Language::En.moment(Timestamp(1_760_000_000_000_000)),
            "9 October 2025, 08:53 UTC"
        );
    }
}
