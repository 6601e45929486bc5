//! What an analysis finds: a stable code, how bad it is and a message for each. `{}` stands for the text in question.
//! The codes are those by which ESLint knows the same.

macro_rules! rules {
    ($($name:ident = $code:literal $severity:ident : $message:literal)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, dead_code)]
        enum Number { $($name),* }
        $(pub const $name: u8 = Number::$name as u8;)*
        pub static RULES: &[(&str, u8, &str)] = &[$(($code, $severity, $message)),*];
    };
}

const ERROR: u8 = 0;
const WARNING: u8 = 1;
const INFO: u8 = 2;

rules! {
    // Names.
    UNUSED = "no-unused-vars" WARNING: "'{}' is never used"
    UNUSED_IMPORT = "no-unused-imports" WARNING: "The import '{}' is never used"
    UNDECLARED = "no-undef" WARNING: "'{}' is not declared"
    CONST_ASSIGN = "no-const-assign" ERROR: "'{}' is a constant and can't be given another value"
    FUNCTION_ASSIGN = "no-func-assign" WARNING: "The function '{}' is given another value"
    CLASS_ASSIGN = "no-class-assign" WARNING: "The class '{}' is given another value"
    IMPORT_ASSIGN = "no-import-assign" ERROR: "The import '{}' can't be given a value"
    CATCH_ASSIGN = "no-ex-assign" WARNING: "The caught '{}' is given another value"
    TOO_EARLY = "no-use-before-define" ERROR: "'{}' is used before it is there"
    UNUSED_LABEL = "no-unused-labels" WARNING: "The label '{}' is never used"
    // Flow.
    UNREACHABLE = "no-unreachable" WARNING: "This can't be reached"
    FALLTHROUGH = "no-fallthrough" WARNING: "The case before falls through to this one"
    UNSAFE_FINALLY = "no-unsafe-finally" WARNING: "'{}' in 'finally' hides what the block has thrown or returned"
    CONSTANT_CONDITION = "no-constant-condition" WARNING: "This condition is always the same"
    COND_ASSIGN = "no-cond-assign" WARNING: "An assignment stands where a condition is expected; parentheses around it say that it is meant"
    // Values.
    SELF_ASSIGN = "no-self-assign" WARNING: "'{}' is assigned to itself"
    SELF_COMPARE = "no-self-compare" WARNING: "'{}' is compared with itself"
    NEGATIVE_ZERO = "no-compare-neg-zero" WARNING: "A comparison with -0 can't tell it from 0; Object.is can"
    IS_NAN = "use-isnan" WARNING: "Nothing equals NaN; Number.isNaN tells whether something is"
    VALID_TYPEOF = "valid-typeof" WARNING: "typeof is never '{}'"
    UNSAFE_NEGATION = "no-unsafe-negation" WARNING: "Only the left side of '{}' is negated"
    LOOSE_EQUALITY = "eqeqeq" INFO: "'{}' converts its sides before it compares"
    LOOSE_NULL = "no-eq-null" INFO: "A comparison with null by '{}' is true for undefined, too"
    SPARSE_ARRAY = "no-sparse-arrays" WARNING: "The array has holes"
    DUPLICATE_KEY = "no-dupe-keys" ERROR: "The key '{}' is there already"
    DUPLICATE_MEMBER = "no-dupe-class-members" ERROR: "The class has a member '{}' already"
    DUPLICATE_CASE = "no-duplicate-case" ERROR: "There is a case for this already"
    // Statements.
    EMPTY_BLOCK = "no-empty" WARNING: "This block is empty; a comment in it says that it is meant"
    EMPTY_PATTERN = "no-empty-pattern" WARNING: "This pattern takes nothing"
    DEBUGGER = "no-debugger" WARNING: "'debugger' stops the program"
    USELESS_CATCH = "no-useless-catch" WARNING: "This 'catch' only throws again"
    ASYNC_EXECUTOR = "no-async-promise-executor" WARNING: "What this function throws is lost: the function of a Promise should not be async"
}

/// Text to put in place of a part of the source.
pub struct Fix {
    pub start: u32,
    pub end: u32,
    pub text: Vec<u8>,
}

/// Something found: places in bytes.
pub struct Finding {
    pub rule: u8,
    pub start: u32,
    pub end: u32,
    /// What stands for `{}`.
    pub detail: Vec<u8>,
    pub fixes: Vec<Fix>,
}
