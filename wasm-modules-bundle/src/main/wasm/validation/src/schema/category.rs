//! General categories of Unicode.

use super::runs::RUNS;

/// Short and long names, in the order of the numbers that the table uses.
const NAMES: [(&str, &str); 30] = [
    ("Lu", "Uppercase_Letter"),
    ("Ll", "Lowercase_Letter"),
    ("Lt", "Titlecase_Letter"),
    ("Lm", "Modifier_Letter"),
    ("Lo", "Other_Letter"),
    ("Mn", "Nonspacing_Mark"),
    ("Mc", "Spacing_Mark"),
    ("Me", "Enclosing_Mark"),
    ("Nd", "Decimal_Number"),
    ("Nl", "Letter_Number"),
    ("No", "Other_Number"),
    ("Zs", "Space_Separator"),
    ("Zl", "Line_Separator"),
    ("Zp", "Paragraph_Separator"),
    ("Cc", "Control"),
    ("Cf", "Format"),
    ("Cs", "Surrogate"),
    ("Co", "Private_Use"),
    ("Cn", "Unassigned"),
    ("Pc", "Connector_Punctuation"),
    ("Pd", "Dash_Punctuation"),
    ("Ps", "Open_Punctuation"),
    ("Pe", "Close_Punctuation"),
    ("Pi", "Initial_Punctuation"),
    ("Pf", "Final_Punctuation"),
    ("Po", "Other_Punctuation"),
    ("Sm", "Math_Symbol"),
    ("Sc", "Currency_Symbol"),
    ("Sk", "Modifier_Symbol"),
    ("So", "Other_Symbol"),
];

/// The groups of categories, by the letter that their short names begin with.
const GROUPS: [(&str, &str); 7] = [
    ("L", "Letter"),
    ("M", "Mark"),
    ("N", "Number"),
    ("Z", "Separator"),
    ("C", "Other"),
    ("P", "Punctuation"),
    ("S", "Symbol"),
];

/// Other names that ECMA-262 has for some of these.
const ALIASES: [(&str, &str); 5] = [
    ("cntrl", "Cc"),
    ("digit", "Nd"),
    ("Combining_Mark", "M"),
    ("punct", "P"),
    ("Cased_Letter", "LC"),
];

/// Upper, lower and title case.
const CASED: u32 = 0b111;

/// The number of a code point's category.
pub fn of(point: u32) -> u32 {
    let after = RUNS.partition_point(|&run| run >> 5 <= point);
    RUNS[after.max(1) - 1] & 31
}

/// The categories of a name, one bit each.
#[inline(never)]
pub fn named(name: &str) -> Option<u32> {
    let name = ALIASES.iter().find(|&&(alias, _)| alias == name).map_or(name, |&(_, short)| short);
    if name == "LC" {
        return Some(CASED);
    }
    if let Some(at) = NAMES.iter().position(|&(short, long)| short == name || long == name) {
        return Some(1 << at);
    }
    let (letter, _) = GROUPS.iter().find(|&&(short, long)| short == name || long == name)?;
    let members = NAMES.iter().enumerate().filter(|(_, (short, _))| short.starts_with(letter));
    Some(members.fold(0, |bits, (at, _)| bits | 1 << at))
}
