//! The tree: what kinds of nodes there are, and how they lie in memory.
//!
//! A node is a run of words in `Tree::nodes`, and its number is the index of its first word; 0 is no node:
//!
//! | word | what it is |
//! |---|---|
//! | 0 | the kind in the low 8 bits, flags in the 24 above |
//! | 1, 2 | where it starts and ends, in bytes of the source |
//! | 3 and on | its fields, in the order of the table below |
//!
//! The table has a line for each kind: `CONSTANT = "TypeOfESTree": "fields"`. A field is `name:type`. Types that take a word:
//! `n` a node, `o` a node that output leaves out where there is none, `l` a list, `L` one that is left out where it is empty, `s` a text
//! (an atom), `S` one that is left out where there is none, `_` a word for what the kind can become (a pattern). Types that live in
//! the flags: `b` a bit, named by a letter from `a` (bit 0) on; `B` one that is left out where it is not set; `e` an enumeration, with the
//! letter of its set and the letter of its first bit. A `~` before a name: ESTree has it only where there is something to say,
//! typescript-estree always. A list is an index into `Tree::lists`, where its length stands before its items; 0 is the empty list.
//!
//! Java reads the same table, by the export `kinds`. Kinds that can become each other (expressions and patterns) have as many words.

macro_rules! kinds {
    ($($name:ident = $type:literal : $fields:literal)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Number { $($name),* }
        $(pub const $name: u8 = Number::$name as u8;)*
        /// The names and the fields of all kinds, by number.
        pub const KINDS: &[(&str, &str)] = &[$(($type, $fields)),*];
        /// How many words a node of a kind has, with the three that all have.
        pub static SIZES: &[u8] = &[$(words($fields)),*];
    };
}

/// Words before the fields.
pub const HEAD: usize = 3;

const fn words(fields: &str) -> u8 {
    let fields = fields.as_bytes();
    let mut count = HEAD as u8;
    let mut at = 0;
    while at + 1 < fields.len() {
        if fields[at] == b':' && fields[at + 1] != b'b' && fields[at + 1] != b'B' && fields[at + 1] != b'e' {
            count += 1;
        }
        at += 1;
    }
    count
}

kinds! {
    NOTHING = "": ""
    // Text that belongs nowhere, or the place where something is missing.
    ERROR_NODE = "ErrorNode": ""
    PROGRAM = "Program": "body:l skipped:L sourceType:esa"
    IDENTIFIER = "Identifier": "name:s ~typeAnnotation:o ~decorators:l ~optional:ba"
    PRIVATE_IDENTIFIER = "PrivateIdentifier": "name:s"
    // Literals. Their values are made from their texts.
    STRING = "Literal": "value:s"
    NUMBER = "Literal": ""
    BIGINT = "Literal": ""
    BOOLEAN = "Literal": "value:ba"
    NULL = "Literal": ""
    REGEXP = "Literal": "pattern:s flags:s"
    TEMPLATE_ELEMENT = "TemplateElement": "cooked:s tail:ba"
    // Statements.
    EXPRESSION_STATEMENT = "ExpressionStatement": "expression:n directive:S"
    BLOCK = "BlockStatement": "body:l"
    STATIC_BLOCK = "StaticBlock": "body:l"
    EMPTY = "EmptyStatement": ""
    DEBUGGER = "DebuggerStatement": ""
    WITH = "WithStatement": "object:n body:n"
    RETURN = "ReturnStatement": "argument:n"
    LABELED = "LabeledStatement": "label:n body:n"
    BREAK = "BreakStatement": "label:n"
    CONTINUE = "ContinueStatement": "label:n"
    IF = "IfStatement": "test:n consequent:n alternate:n"
    SWITCH = "SwitchStatement": "discriminant:n cases:l"
    CASE = "SwitchCase": "test:n consequent:l"
    THROW = "ThrowStatement": "argument:n"
    TRY = "TryStatement": "block:n handler:n finalizer:n"
    CATCH = "CatchClause": "param:n body:n"
    WHILE = "WhileStatement": "test:n body:n"
    DO_WHILE = "DoWhileStatement": "body:n test:n"
    FOR = "ForStatement": "init:n test:n update:n body:n"
    FOR_IN = "ForInStatement": "left:n right:n body:n"
    FOR_OF = "ForOfStatement": "left:n right:n body:n await:ba"
    VARIABLE = "VariableDeclaration": "declarations:l kind:eka ~declare:bd"
    DECLARATOR = "VariableDeclarator": "id:n init:n ~definite:ba"
    // Functions: seven kinds of the same layout.
    FUNCTION = "FunctionDeclaration": "id:n ~typeParameters:o params:l ~returnType:o body:n generator:ba async:bb expression:bc ~declare:bd"
    FUNCTION_EXPRESSION = "FunctionExpression": "id:n ~typeParameters:o params:l ~returnType:o body:n generator:ba async:bb expression:bc ~declare:bd"
    ARROW = "ArrowFunctionExpression": "id:n ~typeParameters:o params:l ~returnType:o body:n generator:ba async:bb expression:bc"
    TS_DECLARE_FUNCTION = "TSDeclareFunction": "id:n ~typeParameters:o params:l ~returnType:o body:o generator:ba async:bb expression:bc ~declare:bd"
    TS_EMPTY_BODY_FUNCTION = "TSEmptyBodyFunctionExpression": "id:n ~typeParameters:o params:l ~returnType:o body:n generator:ba async:bb expression:bc ~declare:bd"
    // Classes. The last four members are those that have `abstract`.
    CLASS = "ClassDeclaration": "~decorators:l id:n ~typeParameters:o superClass:n ~superTypeArguments:o ~implements:l body:n ~abstract:ba ~declare:bd"
    CLASS_EXPRESSION = "ClassExpression": "~decorators:l id:n ~typeParameters:o superClass:n ~superTypeArguments:o ~implements:l body:n ~abstract:ba ~declare:bd"
    CLASS_BODY = "ClassBody": "body:l"
    METHOD = "MethodDefinition": "~decorators:l key:n value:n kind:ema static:bc computed:bd ~override:be ~optional:bf accessibility:eag"
    PROPERTY_DEFINITION = "PropertyDefinition": "~decorators:l key:n ~typeAnnotation:o value:n static:bc computed:bd ~override:be ~optional:bf accessibility:eag ~readonly:bi ~declare:bj ~definite:bk"
    ACCESSOR_PROPERTY = "AccessorProperty": "~decorators:l key:n ~typeAnnotation:o value:n static:bc computed:bd ~override:be ~optional:bf accessibility:eag ~readonly:bi ~declare:bj ~definite:bk"
    TS_ABSTRACT_METHOD = "TSAbstractMethodDefinition": "~decorators:l key:n value:n kind:ema static:bc computed:bd ~override:be ~optional:bf accessibility:eag"
    TS_ABSTRACT_PROPERTY = "TSAbstractPropertyDefinition": "~decorators:l key:n ~typeAnnotation:o value:n static:bc computed:bd ~override:be ~optional:bf accessibility:eag ~readonly:bi ~declare:bj ~definite:bk"
    TS_ABSTRACT_ACCESSOR = "TSAbstractAccessorProperty": "~decorators:l key:n ~typeAnnotation:o value:n static:bc computed:bd ~override:be ~optional:bf accessibility:eag ~readonly:bi ~declare:bj ~definite:bk"
    DECORATOR = "Decorator": "expression:n"
    // Expressions and patterns.
    THIS = "ThisExpression": ""
    SUPER = "Super": ""
    ARRAY = "ArrayExpression": "elements:l x:_ x:_"
    ARRAY_PATTERN = "ArrayPattern": "elements:l ~typeAnnotation:o ~decorators:l ~optional:ba"
    OBJECT = "ObjectExpression": "properties:l x:_ x:_"
    OBJECT_PATTERN = "ObjectPattern": "properties:l ~typeAnnotation:o ~decorators:l ~optional:ba"
    PROPERTY = "Property": "key:n value:n kind:epa method:bc shorthand:bd computed:be ~optional:bf"
    SPREAD = "SpreadElement": "argument:n x:_ x:_ x:_"
    REST = "RestElement": "argument:n ~typeAnnotation:o ~decorators:l ~value:o ~optional:ba"
    ASSIGNMENT = "AssignmentExpression": "left:n right:n x:_ x:_ operator:eoa"
    ASSIGNMENT_PATTERN = "AssignmentPattern": "left:n right:n ~typeAnnotation:o ~decorators:l ~optional:ba"
    TEMPLATE = "TemplateLiteral": "quasis:l expressions:l"
    TAGGED_TEMPLATE = "TaggedTemplateExpression": "tag:n ~typeArguments:o quasi:n"
    UNARY = "UnaryExpression": "argument:n operator:eoa prefix:bg"
    UPDATE = "UpdateExpression": "argument:n operator:eoa prefix:bg"
    BINARY = "BinaryExpression": "left:n right:n operator:eoa"
    LOGICAL = "LogicalExpression": "left:n right:n operator:eoa"
    CONDITIONAL = "ConditionalExpression": "test:n consequent:n alternate:n"
    CALL = "CallExpression": "callee:n ~typeArguments:o arguments:l optional:ba"
    NEW = "NewExpression": "callee:n ~typeArguments:o arguments:l"
    MEMBER = "MemberExpression": "object:n property:n computed:ba optional:bb"
    CHAIN = "ChainExpression": "expression:n"
    SEQUENCE = "SequenceExpression": "expressions:l"
    YIELD = "YieldExpression": "argument:n delegate:ba"
    AWAIT = "AwaitExpression": "argument:n"
    META_PROPERTY = "MetaProperty": "meta:n property:n"
    IMPORT_EXPRESSION = "ImportExpression": "source:n options:n"
    // Modules.
    IMPORT = "ImportDeclaration": "specifiers:l source:n attributes:l ~importKind:eia"
    IMPORT_SPECIFIER = "ImportSpecifier": "imported:n local:n ~importKind:eia"
    IMPORT_DEFAULT = "ImportDefaultSpecifier": "local:n"
    IMPORT_NAMESPACE = "ImportNamespaceSpecifier": "local:n"
    IMPORT_ATTRIBUTE = "ImportAttribute": "key:n value:n"
    EXPORT_NAMED = "ExportNamedDeclaration": "declaration:n specifiers:l source:n attributes:l ~exportKind:eia"
    EXPORT_DEFAULT = "ExportDefaultDeclaration": "declaration:n ~exportKind:eia"
    EXPORT_ALL = "ExportAllDeclaration": "exported:n source:n attributes:l ~exportKind:eia"
    EXPORT_SPECIFIER = "ExportSpecifier": "local:n exported:n ~exportKind:eia"
    // JSX.
    JSX_ELEMENT = "JSXElement": "openingElement:n children:l closingElement:n"
    JSX_FRAGMENT = "JSXFragment": "openingFragment:n children:l closingFragment:n"
    JSX_OPENING = "JSXOpeningElement": "name:n ~typeArguments:o attributes:l selfClosing:ba"
    JSX_CLOSING = "JSXClosingElement": "name:n"
    JSX_OPENING_FRAGMENT = "JSXOpeningFragment": ""
    JSX_CLOSING_FRAGMENT = "JSXClosingFragment": ""
    JSX_IDENTIFIER = "JSXIdentifier": "name:s"
    JSX_NAMESPACED_NAME = "JSXNamespacedName": "namespace:n name:n"
    JSX_MEMBER = "JSXMemberExpression": "object:n property:n"
    JSX_ATTRIBUTE = "JSXAttribute": "name:n value:n"
    JSX_SPREAD_ATTRIBUTE = "JSXSpreadAttribute": "argument:n"
    JSX_CONTAINER = "JSXExpressionContainer": "expression:n"
    JSX_EMPTY = "JSXEmptyExpression": ""
    JSX_SPREAD_CHILD = "JSXSpreadChild": "expression:n"
    JSX_TEXT = "JSXText": "value:s"
    // Types of TypeScript.
    TS_TYPE_ANNOTATION = "TSTypeAnnotation": "typeAnnotation:n"
    TS_ANY = "TSAnyKeyword": ""
    TS_BIGINT = "TSBigIntKeyword": ""
    TS_BOOLEAN = "TSBooleanKeyword": ""
    TS_INTRINSIC = "TSIntrinsicKeyword": ""
    TS_NEVER = "TSNeverKeyword": ""
    TS_NULL = "TSNullKeyword": ""
    TS_NUMBER = "TSNumberKeyword": ""
    TS_OBJECT = "TSObjectKeyword": ""
    TS_STRING = "TSStringKeyword": ""
    TS_SYMBOL = "TSSymbolKeyword": ""
    TS_UNDEFINED = "TSUndefinedKeyword": ""
    TS_UNKNOWN = "TSUnknownKeyword": ""
    TS_VOID = "TSVoidKeyword": ""
    TS_THIS_TYPE = "TSThisType": ""
    TS_TYPE_REFERENCE = "TSTypeReference": "typeName:n typeArguments:o"
    TS_QUALIFIED_NAME = "TSQualifiedName": "left:n right:n"
    TS_TYPE_ARGUMENTS = "TSTypeParameterInstantiation": "params:l"
    TS_TYPE_PARAMETERS = "TSTypeParameterDeclaration": "params:l"
    TS_TYPE_PARAMETER = "TSTypeParameter": "name:n constraint:o default:o const:ba in:bb out:bc"
    TS_ARRAY_TYPE = "TSArrayType": "elementType:n"
    TS_TUPLE_TYPE = "TSTupleType": "elementTypes:l"
    TS_NAMED_MEMBER = "TSNamedTupleMember": "label:n elementType:n optional:ba"
    TS_OPTIONAL_TYPE = "TSOptionalType": "typeAnnotation:n"
    TS_REST_TYPE = "TSRestType": "typeAnnotation:n"
    TS_UNION_TYPE = "TSUnionType": "types:l"
    TS_INTERSECTION_TYPE = "TSIntersectionType": "types:l"
    TS_CONDITIONAL_TYPE = "TSConditionalType": "checkType:n extendsType:n trueType:n falseType:n"
    TS_INFER_TYPE = "TSInferType": "typeParameter:n"
    TS_TYPE_OPERATOR = "TSTypeOperator": "typeAnnotation:n operator:era"
    TS_INDEXED_ACCESS = "TSIndexedAccessType": "objectType:n indexType:n"
    TS_MAPPED_TYPE = "TSMappedType": "key:n constraint:n nameType:n typeAnnotation:o optional:eta readonly:eud"
    TS_LITERAL_TYPE = "TSLiteralType": "literal:n"
    TS_TEMPLATE_TYPE = "TSTemplateLiteralType": "quasis:l types:l"
    TS_FUNCTION_TYPE = "TSFunctionType": "typeParameters:o params:l returnType:o"
    TS_CONSTRUCTOR_TYPE = "TSConstructorType": "typeParameters:o params:l returnType:o abstract:ba"
    TS_TYPE_LITERAL = "TSTypeLiteral": "members:l"
    TS_PROPERTY_SIGNATURE = "TSPropertySignature": "key:n typeAnnotation:o computed:ba optional:bb readonly:bc static:bd accessibility:eae"
    TS_METHOD_SIGNATURE = "TSMethodSignature": "key:n typeParameters:o params:l returnType:o computed:ba optional:bb readonly:bc static:bd accessibility:eae kind:egg"
    TS_CALL_SIGNATURE = "TSCallSignatureDeclaration": "typeParameters:o params:l returnType:o"
    TS_CONSTRUCT_SIGNATURE = "TSConstructSignatureDeclaration": "typeParameters:o params:l returnType:o"
    TS_INDEX_SIGNATURE = "TSIndexSignature": "parameters:l typeAnnotation:o readonly:ba static:bb accessibility:eac"
    TS_TYPE_PREDICATE = "TSTypePredicate": "parameterName:n typeAnnotation:n asserts:ba"
    TS_TYPE_QUERY = "TSTypeQuery": "exprName:n typeArguments:o"
    TS_IMPORT_TYPE = "TSImportType": "source:n options:n qualifier:n typeArguments:n"
    // Declarations and expressions of TypeScript.
    TS_INTERFACE = "TSInterfaceDeclaration": "id:n typeParameters:o extends:l body:n declare:ba"
    TS_INTERFACE_BODY = "TSInterfaceBody": "body:l"
    TS_INTERFACE_HERITAGE = "TSInterfaceHeritage": "expression:n typeArguments:o"
    TS_CLASS_IMPLEMENTS = "TSClassImplements": "expression:n typeArguments:o"
    TS_TYPE_ALIAS = "TSTypeAliasDeclaration": "id:n typeParameters:o typeAnnotation:n declare:ba"
    TS_ENUM = "TSEnumDeclaration": "id:n body:n const:ba declare:bb"
    TS_ENUM_BODY = "TSEnumBody": "members:l"
    TS_ENUM_MEMBER = "TSEnumMember": "id:n initializer:o computed:Ba"
    TS_MODULE = "TSModuleDeclaration": "id:n body:o kind:ena global:bc declare:bd"
    TS_MODULE_BLOCK = "TSModuleBlock": "body:l"
    TS_IMPORT_EQUALS = "TSImportEqualsDeclaration": "id:n moduleReference:n importKind:eia"
    TS_EXTERNAL_REFERENCE = "TSExternalModuleReference": "expression:n"
    TS_EXPORT_ASSIGNMENT = "TSExportAssignment": "expression:n"
    TS_NAMESPACE_EXPORT = "TSNamespaceExportDeclaration": "id:n"
    TS_AS = "TSAsExpression": "expression:n typeAnnotation:n"
    TS_SATISFIES = "TSSatisfiesExpression": "expression:n typeAnnotation:n"
    TS_TYPE_ASSERTION = "TSTypeAssertion": "typeAnnotation:n expression:n"
    TS_NON_NULL = "TSNonNullExpression": "expression:n"
    TS_INSTANTIATION = "TSInstantiationExpression": "expression:n typeArguments:n"
    TS_PARAMETER_PROPERTY = "TSParameterProperty": "~decorators:l parameter:n override:ba readonly:bb static:bc accessibility:ead"
}

/// The sets of enumerations, by letter: how many bits they take, and what output says for each number; nothing where it says nothing.
pub static SETS: &[(u8, u32, &[&str])] = &[
    (b's', 1, &["\"script\"", "\"module\""]),
    (b'k', 3, &["\"var\"", "\"let\"", "\"const\"", "\"using\"", "\"await using\""]),
    (b'm', 2, &["\"constructor\"", "\"method\"", "\"get\"", "\"set\""]),
    (b'p', 2, &["\"init\"", "\"get\"", "\"set\""]),
    (b'g', 2, &["\"method\"", "\"get\"", "\"set\""]),
    (b'a', 2, &["", "\"public\"", "\"private\"", "\"protected\""]),
    (b'i', 1, &["\"value\"", "\"type\""]),
    (b'r', 2, &["\"keyof\"", "\"unique\"", "\"readonly\""]),
    (b'n', 2, &["\"module\"", "\"namespace\"", "\"global\""]),
    (b't', 3, &["false", "true", "\"+\"", "\"-\""]),
    (b'u', 3, &["", "true", "\"+\"", "\"-\""]),
    (b'o', 6, OPERATORS),
];

/// All operators; those of tokens begin with the first operator of `token`, in the same order.
pub static OPERATORS: &[&str] = &[
    "\"=\"", "\"+=\"", "\"-=\"", "\"*=\"", "\"/=\"", "\"%=\"", "\"**=\"", "\"<<=\"", "\">>=\"", "\">>>=\"", "\"&=\"", "\"|=\"", "\"^=\"",
    "\"&&=\"", "\"||=\"", "\"??=\"", "\"??\"", "\"||\"", "\"&&\"", "\"|\"", "\"^\"", "\"&\"", "\"==\"", "\"!=\"", "\"===\"", "\"!==\"",
    "\"<\"", "\">\"", "\"<=\"", "\">=\"", "\"<<\"", "\">>\"", "\">>>\"", "\"+\"", "\"-\"", "\"*\"", "\"/\"", "\"%\"", "\"**\"", "\"!\"",
    "\"~\"", "\"++\"", "\"--\"", "\"instanceof\"", "\"in\"", "\"typeof\"", "\"void\"", "\"delete\"",
];

/// Flag of any node: it stands in parentheses, which its range leaves out.
pub const PARENTHESIZED: u32 = 1 << 23;
/// Flag of a `SPREAD`: a comma comes after it.
pub const COMMA_AFTER: u32 = 1 << 22;
/// Flag of an expression in a declaration that only patterns can have: `(a?: b)`, a parameter with a type.
pub const OPTIONAL: u32 = 1;

/// Nodes, lists and texts of one file.
pub struct Tree {
    pub nodes: Vec<u32>,
    pub lists: Vec<u32>,
    pub root: u32,
}

impl Tree {
    pub fn new(source: usize) -> Tree {
        let mut tree = Tree { nodes: Vec::with_capacity(source + 64), lists: Vec::with_capacity(source / 8 + 16), root: 0 };
        tree.nodes.push(0);
        tree.lists.push(0);
        tree
    }

    #[inline(always)]
    fn word(&self, at: usize) -> u32 {
        debug_assert!(at < self.nodes.len());
        // Numbers of nodes come from `add` alone.
        unsafe { *self.nodes.get_unchecked(at) }
    }

    #[inline(always)]
    fn word_mut(&mut self, at: usize) -> &mut u32 {
        debug_assert!(at < self.nodes.len());
        unsafe { self.nodes.get_unchecked_mut(at) }
    }

    /// A node with all fields empty.
    #[inline(never)]
    pub fn add(&mut self, kind: u8, flags: u32, start: u32, end: u32) -> u32 {
        let at = self.nodes.len();
        let size = SIZES[kind as usize] as usize;
        self.nodes.reserve(size);
        unsafe {
            let words = self.nodes.as_mut_ptr().add(at);
            *words = kind as u32 | flags << 8;
            *words.add(1) = start;
            *words.add(2) = end;
            for each in HEAD..size {
                *words.add(each) = 0;
            }
            self.nodes.set_len(at + size);
        }
        at as u32
    }

    #[inline(always)]
    pub fn kind(&self, node: u32) -> u8 {
        self.word(node as usize) as u8
    }

    #[inline(always)]
    pub fn flags(&self, node: u32) -> u32 {
        self.word(node as usize) >> 8
    }

    #[inline(always)]
    pub fn is(&self, node: u32, flag: u32) -> bool {
        self.flags(node) & flag != 0
    }

    pub fn flag(&mut self, node: u32, flag: u32) {
        *self.word_mut(node as usize) |= flag << 8;
    }

    pub fn set_flags(&mut self, node: u32, flags: u32) {
        let word = self.word_mut(node as usize);
        *word = *word & 0xff | flags << 8;
    }

    /// Makes it of another kind of the same layout.
    pub fn become_kind(&mut self, node: u32, kind: u8) {
        debug_assert!(SIZES[self.kind(node) as usize] == SIZES[kind as usize]);
        let word = self.word_mut(node as usize);
        *word = *word & !0xff | kind as u32;
    }

    #[inline(always)]
    pub fn start(&self, node: u32) -> u32 {
        self.word(node as usize + 1)
    }

    #[inline(always)]
    pub fn end(&self, node: u32) -> u32 {
        self.word(node as usize + 2)
    }

    pub fn set_start(&mut self, node: u32, start: u32) {
        *self.word_mut(node as usize + 1) = start;
    }

    pub fn set_end(&mut self, node: u32, end: u32) {
        *self.word_mut(node as usize + 2) = end;
    }

    #[inline(always)]
    pub fn field(&self, node: u32, field: usize) -> u32 {
        self.word(node as usize + HEAD + field)
    }

    #[inline(always)]
    pub fn set(&mut self, node: u32, field: usize, value: u32) {
        *self.word_mut(node as usize + HEAD + field) = value;
    }

    /// The items of a list.
    #[inline(always)]
    pub fn list(&self, list: u32) -> &[u32] {
        let at = list as usize;
        let length = self.lists[at] as usize;
        &self.lists[at + 1..at + 1 + length]
    }

    /// One item of a list; 0 behind its end.
    pub fn item(&self, list: u32, index: usize) -> u32 {
        let at = list as usize;
        if index < self.lists[at] as usize {
            self.lists[at + 1 + index]
        } else {
            0
        }
    }

    pub fn length(&self, list: u32) -> usize {
        self.lists[list as usize] as usize
    }

    pub fn add_list(&mut self, items: &[u32]) -> u32 {
        if items.is_empty() {
            return 0;
        }
        let at = self.lists.len() as u32;
        self.lists.push(items.len() as u32);
        self.lists.extend_from_slice(items);
        at
    }
}

/// Fields by name, for kinds that the parser looks into: `tree.field(node, field::CALLEE)`.
pub mod field {
    pub const NAME: usize = 0;
    pub const TYPE: usize = 1;
    pub const DECORATORS: usize = 2;
    pub const BODY: usize = 0;
    /// Of a program.
    pub const SKIPPED: usize = 1;
    /// Of functions.
    pub const ID: usize = 0;
    pub const TYPE_PARAMETERS: usize = 1;
    pub const PARAMS: usize = 2;
    pub const RETURN_TYPE: usize = 3;
    pub const FUNCTION_BODY: usize = 4;
}
