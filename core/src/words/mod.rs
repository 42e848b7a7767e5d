//! Sentences: the one place that knows a language.
//!
//! Decides nothing about running. Invariant: every message exists in every language with the same variables (a test);
//! whatever is asked for, an answer comes: a missing message shows its id and is logged.

use fluent_bundle::{
    FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle, types::FluentNumber,
    types::FluentNumberOptions,
};
use once_cell::sync::Lazy;
use unic_langid::LanguageIdentifier;

use crate::drill::message::{Argument, Message};

#[cfg(test)]
mod tests;

type Bundle = FluentBundle<&'static FluentResource>;

const ENGLISH: [&str; 6] = [
    include_str!("../../locales/en/drills.ftl"),
    include_str!("../../locales/en/report.ftl"),
    include_str!("../../locales/en/cues.ftl"),
    include_str!("../../locales/en/gates.ftl"),
    include_str!("../../locales/en/causes.ftl"),
    include_str!("../../locales/en/pods.ftl"),
];

const GERMAN: [&str; 6] = [
    include_str!("../../locales/de/drills.ftl"),
    include_str!("../../locales/de/report.ftl"),
    include_str!("../../locales/de/cues.ftl"),
    include_str!("../../locales/de/gates.ftl"),
    include_str!("../../locales/de/causes.ftl"),
    include_str!("../../locales/de/pods.ftl"),
];

/// The languages there are; the first is the one to fall back on.
static LANGUAGES: [Language; 2] = [
    Language {
        tag: "en",
        decimal_comma: false,
        parsed: Lazy::new(|| parse("en", ENGLISH)),
    },
    Language {
        tag: "de",
        decimal_comma: true,
        parsed: Lazy::new(|| parse("de", GERMAN)),
    },
];

struct Language {
    tag: &'static str,
    decimal_comma: bool,
    /// Parsed when somebody first speaks the language, and once: every coach and every report has its own [`Words`].
    parsed: Lazy<Vec<FluentResource>>,
}

/// The value of one variable.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// Words that stand as they are.
    Text(&'a str),
    /// A whole number of things; chooses singular and plural.
    Count(u64),
    /// A number rounded to and shown with this many decimals; no finite number shows as a dash.
    Decimal(f64, u8),
}

/// All sentences in one language.
pub struct Words {
    tag: &'static str,
    /// The chosen language, then the one to fall back on.
    bundles: Vec<Bundle>,
}

impl core::fmt::Debug for Words {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.debug_tuple("Words").field(&self.tag).finish()
    }
}

impl Words {
    /// The words for a BCP 47 tag; `de_AT` is read like `de-AT`. English for a language there is not.
    #[must_use]
    pub fn new(language: &str) -> Self {
        let primary = language.split(['-', '_']).next().unwrap_or_default();
        let chosen = LANGUAGES
            .iter()
            .find(|known| known.tag.eq_ignore_ascii_case(primary));
        let fallback = &LANGUAGES[0];
        let chosen = chosen.unwrap_or(fallback);
        let mut bundles = vec![bundle(chosen)];
        if chosen.tag != fallback.tag {
            bundles.push(bundle(fallback));
        }
        Self {
            tag: chosen.tag,
            bundles,
        }
    }

    /// The language that was chosen, a BCP 47 tag.
    #[must_use]
    pub const fn language(&self) -> &'static str {
        self.tag
    }

    /// A sentence without variables.
    #[must_use]
    pub fn text(&self, id: &str) -> String {
        self.format(id, &[])
    }

    /// A sentence with its variables by name.
    #[must_use]
    pub fn format(&self, id: &str, args: &[(&str, Value<'_>)]) -> String {
        let args: FluentArgs = args.iter().map(|(name, value)| (*name, fluent(*value))).collect();
        let found = self
            .bundles
            .iter()
            .find_map(|bundle| Some((bundle, bundle.get_message(id)?.value()?)));
        let Some((bundle, pattern)) = found else {
            log::error!("no message `{id}` in `{}`", self.tag);
            return id.to_owned();
        };
        let mut errors = Vec::new();
        let text = bundle
            .format_pattern(pattern, Some(&args), &mut errors)
            .into_owned();
        if !errors.is_empty() {
            log::error!("message `{id}` in `{}`: {errors:?}", self.tag);
        }
        text
    }

    /// The sentence for a message of the drills, gates or causes.
    #[must_use]
    pub fn say(&self, message: &Message) -> String {
        let named: Vec<(&str, String)> = message
            .args
            .iter()
            .filter_map(|(name, value)| match value {
                Argument::Named(id) => Some((*name, self.text(id))),
                Argument::Count(_) | Argument::Decimal { .. } => None,
            })
            .collect();
        let plain = message.args.iter().filter_map(|(name, value)| match value {
            Argument::Count(count) => Some((*name, Value::Count(u64::from(*count)))),
            Argument::Decimal { value, digits } => Some((*name, Value::Decimal(*value, *digits))),
            Argument::Named(_) => None,
        });
        let named = named.iter().map(|(name, text)| (*name, Value::Text(text)));
        self.format(message.id, &plain.chain(named).collect::<Vec<_>>())
    }
}

fn parse(tag: &str, texts: [&str; 6]) -> Vec<FluentResource> {
    let parse_one = |text: &str| {
        FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, errors)| {
            log::error!("words in `{tag}`: {errors:?}");
            resource
        })
    };
    texts.map(parse_one).into()
}

fn bundle(language: &'static Language) -> Bundle {
    let id: LanguageIdentifier = language.tag.parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![id]);
    // The marks are for mixed writing directions; a shell would show them as boxes or speak them.
    bundle.set_use_isolating(false);
    if language.decimal_comma {
        bundle.set_formatter(Some(|value, _| match value {
            FluentValue::Number(number) => Some(number.as_string().replace('.', ",")),
            _ => None,
        }));
    }
    for resource in language.parsed.iter() {
        if let Err(errors) = bundle.add_resource(resource) {
            log::error!("words in `{}`: {errors:?}", language.tag);
        }
    }
    bundle
}

fn fluent(value: Value<'_>) -> FluentValue<'_> {
    match value {
        Value::Text(text) => text.into(),
        Value::Count(count) => (count as f64).into(),
        Value::Decimal(number, _) if !number.is_finite() => "–".into(),
        Value::Decimal(number, digits) => {
            let scale = 10_f64.powi(i32::from(digits));
            // Adding zero turns a rounded −0 into 0.
            let rounded = (number * scale).round() / scale + 0.0;
            let minimum_fraction_digits = (digits > 0).then_some(usize::from(digits));
            let options = FluentNumberOptions {
                minimum_fraction_digits,
                ..FluentNumberOptions::default()
            };
            FluentNumber::new(rounded, options).into()
        }
    }
}
