//! Statements, functions, classes and modules, as short as they can be written.

use crate::ast::{self, field};
use crate::print::{strength::*, Printer};

impl<'p, 't> Printer<'p, 't> {
    pub fn program(&mut self) {
        let first = &self.all.parser.lex.comments;
        if let Some(comment) = first.first().filter(|comment| comment.start == 0 && self.all.source.starts_with(b"#!")) {
            self.out.extend_from_slice(&self.all.source[..comment.end as usize]);
            self.out.push(b'\n');
        }
        self.statements(self.f(self.tree.root, 0));
        self.legal_comments();
    }

    /// Comments that say whose code it is stay, at the end.
    #[inline(never)]
    fn legal_comments(&mut self) {
        let mut seen: Vec<&[u8]> = Vec::new();
        for comment in &self.all.parser.lex.comments {
            let text = &self.all.source[comment.start as usize..comment.end as usize];
            let says = |word: &[u8]| text.windows(word.len()).any(|part| part == word);
            let legal = text.starts_with(b"/*!") || text.starts_with(b"//!") || says(b"@license") || says(b"@preserve");
            if legal && !seen.contains(&text) {
                seen.push(text);
            }
        }
        if !seen.is_empty() && std::mem::replace(&mut self.semicolon, false) {
            self.out.push(b';');
        }
        for text in seen {
            if !self.out.is_empty() {
                self.out.push(b'\n');
            }
            self.out.extend_from_slice(text);
        }
    }

    /// Statements up to one that leaves; what declares something stays.
    #[inline(never)]
    pub fn statements(&mut self, list: u32) {
        let mut left = false;
        for &statement in self.list(list) {
            if left && !self.declares(statement) && !matches!(self.kind(statement), ast::EXPORT_NAMED | ast::EXPORT_ALL | ast::EXPORT_DEFAULT | ast::IMPORT) {
                continue;
            }
            self.statement(statement);
            left |= matches!(self.kind(statement), ast::RETURN | ast::THROW | ast::BREAK | ast::CONTINUE);
        }
    }

    #[inline(never)]
    pub fn statement(&mut self, node: u32) {
        match self.kind(node) {
            ast::EMPTY => {}
            ast::EXPRESSION_STATEMENT => self.expression_statement(node),
            ast::VARIABLE => {
                if self.variables(node, false) {
                    self.semicolon = true;
                }
            }
            ast::BLOCK => self.block(node),
            ast::FUNCTION => {
                if !self.names.unused[node as usize] {
                    self.function(node);
                }
            }
            ast::CLASS => self.class(node),
            ast::IF => self.if_statement(node),
            ast::RETURN | ast::THROW => {
                self.word(if self.kind(node) == ast::RETURN { "return" } else { "throw" });
                if self.f(node, 0) != 0 {
                    self.expression(self.f(node, 0), SEQUENCE);
                }
                self.semicolon = true;
            }
            ast::BREAK | ast::CONTINUE => {
                self.word(if self.kind(node) == ast::BREAK { "break" } else { "continue" });
                self.label(self.f(node, 0));
                self.semicolon = true;
            }
            ast::DEBUGGER => {
                self.word("debugger");
                self.semicolon = true;
            }
            ast::LABELED => {
                self.label(self.f(node, 0));
                self.put(b":");
                self.body(self.f(node, 1));
            }
            _ => self.longer(node),
        }
    }

    fn label(&mut self, node: u32) {
        if node != 0 {
            let text = self.all.atom(node).to_vec();
            self.put(&text);
        }
    }

    #[inline(never)]
    fn longer(&mut self, node: u32) {
        match self.kind(node) {
            ast::FOR => self.for_statement(node),
            ast::FOR_IN | ast::FOR_OF => self.for_in(node),
            ast::WHILE => {
                if self.truth(self.f(node, 0), 1) == Some(false) && !self.declares(self.f(node, 1)) {
                    return;
                }
                self.word("while(");
                self.expression(self.f(node, 0), SEQUENCE);
                self.put(b")");
                self.body(self.f(node, 1));
            }
            ast::DO_WHILE => {
                self.word("do");
                self.body(self.f(node, 0));
                self.word("while(");
                self.expression(self.f(node, 1), SEQUENCE);
                self.put(b")");
                self.semicolon = true;
            }
            ast::SWITCH => self.switch(node),
            ast::TRY => {
                self.word("try");
                self.block(self.f(node, 0));
                let (handler, last) = (self.f(node, 1), self.f(node, 2));
                if handler != 0 {
                    self.word("catch");
                    if self.f(handler, 0) != 0 {
                        self.put(b"(");
                        self.expression(self.f(handler, 0), ASSIGN);
                        self.put(b")");
                    }
                    self.block(self.f(handler, 1));
                }
                if last != 0 {
                    self.word("finally");
                    self.block(last);
                }
            }
            ast::WITH => {
                self.word("with(");
                self.expression(self.f(node, 0), SEQUENCE);
                self.put(b")");
                self.body(self.f(node, 1));
            }
            _ => self.module_part(node),
        }
    }

    // Expressions as statements.

    #[inline(never)]
    fn expression_statement(&mut self, node: u32) {
        let expression = self.f(node, 0);
        if self.f(node, 1) != 0 {
            let text = self.all.text(expression);
            self.put(text);
        } else {
            self.guarded(expression, SEQUENCE, &[ast::OBJECT, ast::OBJECT_PATTERN, ast::FUNCTION_EXPRESSION, ast::CLASS_EXPRESSION, ast::STRING]);
        }
        self.semicolon = true;
    }

    /// An expression, in parentheses if it begins with one of these kinds, or with `let`.
    #[inline(never)]
    fn guarded(&mut self, node: u32, least: u8, kinds: &[u8]) {
        let mut first = self.chosen(node);
        loop {
            first = match self.kind(first) {
                ast::BINARY | ast::LOGICAL | ast::MEMBER | ast::CALL | ast::TAGGED_TEMPLATE | ast::CONDITIONAL | ast::ASSIGNMENT | ast::CHAIN => self.f(first, 0),
                ast::UPDATE if !self.tree.is(first, 1 << 6) => self.f(first, 0),
                ast::SEQUENCE => self.tree.item(self.f(first, 0), 0),
                _ => break,
            };
        }
        let text = matches!(self.kind(first), ast::STRING | ast::BINARY | ast::LOGICAL | ast::CONDITIONAL) && first != node;
        let guard = (kinds.contains(&self.kind(first)) && !(text && self.kind(first) == ast::STRING)) || self.all.is_name(first, b"let") || self.is_text(node);
        if guard {
            self.put(b"(");
            self.expression(node, SEQUENCE);
            self.put(b")");
        } else {
            self.expression(node, least);
        }
    }

    /// Whether a text is all that is left, which would be a directive.
    fn is_text(&self, node: u32) -> bool {
        matches!(self.fold(node, 1), Some(crate::print::Known::Text(_)))
    }

    // Blocks and branches.

    #[inline(never)]
    pub fn block(&mut self, node: u32) {
        self.put(b"{");
        self.statements(self.f(node, 0));
        self.semicolon = false;
        self.put(b"}");
    }

    /// The body of a loop or a branch: a block of one simple statement needs no braces.
    #[inline(never)]
    fn body(&mut self, node: u32) {
        let inner = self.only(node);
        if self.kind(inner) == ast::EMPTY {
            self.put(b";");
            return;
        }
        let (before, semicolon) = (self.out.len(), self.semicolon);
        self.statement(inner);
        if self.out.len() == before && self.semicolon == semicolon {
            self.put(b";");
        }
    }

    /// The one statement of a block, if it can stand alone.
    fn only(&self, node: u32) -> u32 {
        let mut node = node;
        while self.kind(node) == ast::BLOCK && self.tree.length(self.f(node, 0)) == 1 {
            let inner = self.tree.item(self.f(node, 0), 0);
            match self.kind(inner) {
                ast::EXPRESSION_STATEMENT | ast::RETURN | ast::THROW | ast::BREAK | ast::CONTINUE | ast::BLOCK => node = inner,
                _ => return node,
            }
        }
        node
    }

    /// Branches of `else if` are written one after the other.
    #[inline(never)]
    fn if_statement(&mut self, node: u32) {
        let mut node = node;
        loop {
            let (yes, no) = (self.f(node, 1), self.f(node, 2));
            if let Some(test) = self.truth(self.f(node, 0), 1) {
                let (taken, dropped) = if test { (yes, no) } else { (no, yes) };
                if dropped == 0 || !self.declares(dropped) {
                    if taken == 0 {
                        self.empty_branch();
                        return;
                    }
                    if self.kind(taken) == ast::IF {
                        node = taken;
                        continue;
                    }
                    self.body(taken);
                    return;
                }
            }
            self.word("if(");
            self.expression(self.f(node, 0), SEQUENCE);
            self.put(b")");
            if no == 0 {
                self.body(yes);
                return;
            }
            // Else the next `else` would be that of an `if` in here.
            let inner = self.only(yes);
            if matches!(self.kind(inner), ast::EXPRESSION_STATEMENT | ast::RETURN | ast::THROW | ast::BREAK | ast::CONTINUE) {
                self.body(yes);
            } else if self.kind(yes) == ast::BLOCK {
                self.block(yes);
            } else {
                self.put(b"{");
                self.statement(yes);
                self.semicolon = false;
                self.put(b"}");
            }
            self.word("else");
            if self.kind(no) != ast::IF {
                self.body(no);
                return;
            }
            node = no;
        }
    }

    /// Something has to stand behind `else`.
    fn empty_branch(&mut self) {
        if self.out.ends_with(b"else") {
            self.out.extend_from_slice(b"{}");
        }
    }

    // Loops.

    #[inline(never)]
    fn for_statement(&mut self, node: u32) {
        self.word("for(");
        let init = self.f(node, 0);
        self.no_in = true;
        if init != 0 && self.kind(init) == ast::VARIABLE {
            self.variables(init, true);
        } else if init != 0 {
            self.guarded(init, SEQUENCE, &[]);
        }
        self.no_in = false;
        self.put(b";");
        if self.f(node, 1) != 0 {
            self.expression(self.f(node, 1), SEQUENCE);
        }
        self.put(b";");
        if self.f(node, 2) != 0 {
            self.expression(self.f(node, 2), SEQUENCE);
        }
        self.put(b")");
        self.body(self.f(node, 3));
    }

    #[inline(never)]
    fn for_in(&mut self, node: u32) {
        let of = self.kind(node) == ast::FOR_OF;
        self.word(if of && self.tree.is(node, 1) { "for await(" } else { "for(" });
        let left = self.f(node, 0);
        if self.kind(left) == ast::VARIABLE {
            self.no_in = true;
            self.variables(left, true);
            self.no_in = false;
        } else if self.all.is_name(left, b"async") {
            self.word("(async)");
        } else {
            self.guarded(left, CALL, &[]);
        }
        self.word(if of { "of" } else { "in" });
        self.expression(self.f(node, 1), if of { ASSIGN } else { SEQUENCE });
        self.put(b")");
        self.body(self.f(node, 2));
    }

    #[inline(never)]
    fn switch(&mut self, node: u32) {
        self.word("switch(");
        self.expression(self.f(node, 0), SEQUENCE);
        self.put(b")");
        self.put(b"{");
        for &case in self.list(self.f(node, 1)) {
            if self.f(case, 0) != 0 {
                self.word("case");
                self.expression(self.f(case, 0), SEQUENCE);
            } else {
                self.word("default");
            }
            self.put(b":");
            self.statements(self.f(case, 1));
        }
        self.semicolon = false;
        self.put(b"}");
    }

    // Declarations.

    /// Variables, without those that nobody uses; whether there are some.
    #[inline(never)]
    fn variables(&mut self, node: u32, all: bool) -> bool {
        let kept: Vec<u32> = self.list(self.f(node, 0)).iter().copied().filter(|&each| all || !self.names.unused[each as usize]).collect();
        if kept.is_empty() {
            return false;
        }
        self.word(["var", "let", "const", "using", "await using"][(self.tree.flags(node) & 7).min(4) as usize]);
        for (at, &declarator) in kept.iter().enumerate() {
            if at > 0 {
                self.put(b",");
            }
            self.expression(self.f(declarator, 0), ASSIGN);
            if self.f(declarator, 1) != 0 {
                self.put(b"=");
                self.expression(self.f(declarator, 1), ASSIGN);
            }
        }
        true
    }

    #[inline(never)]
    pub fn function(&mut self, node: u32) {
        let saved = std::mem::replace(&mut self.no_in, false);
        if self.tree.is(node, 2) {
            self.word("async");
        }
        if self.kind(node) == ast::ARROW {
            self.arrow(node, saved);
        } else {
            self.word(if self.tree.is(node, 1) { "function*" } else { "function" });
            if self.f(node, field::ID) != 0 {
                self.name(self.f(node, field::ID));
            }
            self.parameters_and_body(node);
        }
        self.no_in = saved;
    }

    #[inline(never)]
    fn arrow(&mut self, node: u32, no_in: bool) {
        let params = self.list(self.f(node, field::PARAMS));
        if params.len() == 1 && self.kind(params[0]) == ast::IDENTIFIER {
            self.name(params[0]);
        } else {
            self.put(b"(");
            self.items(self.f(node, field::PARAMS), ASSIGN);
            self.put(b")");
        }
        self.put(b"=>");
        let body = self.f(node, field::FUNCTION_BODY);
        if self.kind(body) == ast::BLOCK {
            self.block(body);
        } else {
            self.no_in = no_in;
            self.guarded(body, ASSIGN, &[ast::OBJECT, ast::OBJECT_PATTERN]);
        }
    }

    #[inline(never)]
    pub fn parameters_and_body(&mut self, node: u32) {
        self.put(b"(");
        self.items(self.f(node, field::PARAMS), ASSIGN);
        self.put(b")");
        self.block(self.f(node, field::FUNCTION_BODY));
    }

    // Classes.

    #[inline(never)]
    pub fn class(&mut self, node: u32) {
        let saved = std::mem::replace(&mut self.no_in, false);
        self.decorators(self.f(node, 0));
        self.word("class");
        if self.f(node, 1) != 0 {
            self.name(self.f(node, 1));
        }
        if self.f(node, 3) != 0 {
            self.word("extends");
            self.expression(self.f(node, 3), CALL);
        }
        self.put(b"{");
        for &member in self.list(self.f(self.f(node, 6), 0)) {
            self.member(member);
        }
        self.semicolon = false;
        self.put(b"}");
        self.no_in = saved;
    }

    fn decorators(&mut self, list: u32) {
        for &each in self.list(list) {
            self.put(b"@");
            self.put(b"(");
            self.expression(self.f(each, 0), SEQUENCE);
            self.put(b")");
        }
    }

    #[inline(never)]
    fn member(&mut self, node: u32) {
        if self.kind(node) == ast::STATIC_BLOCK {
            self.word("static");
            self.block(node);
            return;
        }
        self.decorators(self.f(node, 0));
        let flags = self.tree.flags(node);
        if flags & 4 != 0 {
            self.word("static");
        }
        let (key, computed) = (self.f(node, 1), flags & 8 != 0);
        if self.kind(node) == ast::METHOD {
            self.method(key, self.f(node, 2), (flags & 3).saturating_sub(1), computed);
            return;
        }
        if self.kind(node) == ast::ACCESSOR_PROPERTY {
            self.word("accessor");
        }
        self.key(key, computed, false);
        if self.f(node, 3) != 0 {
            self.put(b"=");
            self.expression(self.f(node, 3), ASSIGN);
        }
        // `static`, `get` and `set` may be names of fields: what follows must not seem to belong to them.
        self.semicolon = true;
    }

    // Modules.

    #[inline(never)]
    fn module_part(&mut self, node: u32) {
        match self.kind(node) {
            ast::IMPORT => self.import(node),
            ast::EXPORT_NAMED => {
                self.word("export");
                if self.f(node, 0) != 0 {
                    self.statement(self.f(node, 0));
                    return;
                }
                self.export_specifiers(self.f(node, 1), self.f(node, 2) != 0);
                self.from(self.f(node, 2), self.f(node, 3));
            }
            ast::EXPORT_ALL => {
                self.word("export*");
                if self.f(node, 0) != 0 {
                    self.word("as");
                    self.module_name(self.f(node, 0));
                }
                self.from(self.f(node, 1), self.f(node, 2));
            }
            ast::EXPORT_DEFAULT => {
                self.word("export default");
                let inner = self.f(node, 0);
                if matches!(self.kind(inner), ast::FUNCTION | ast::CLASS) {
                    self.statement(inner);
                } else {
                    self.guarded(inner, ASSIGN, &[ast::FUNCTION_EXPRESSION, ast::CLASS_EXPRESSION]);
                    self.semicolon = true;
                }
            }
            _ => {
                let text = self.all.text(node);
                self.put(text);
                self.semicolon = true;
            }
        }
    }

    fn module_name(&mut self, node: u32) {
        let text = self.all.atom(node).to_vec();
        if self.kind(node) == ast::STRING {
            self.string(&text);
        } else {
            self.put(&text);
        }
    }

    fn from(&mut self, source: u32, attributes: u32) {
        if source != 0 {
            self.word("from");
            self.source(source, attributes);
        }
        self.semicolon = true;
    }

    #[inline(never)]
    fn source(&mut self, source: u32, attributes: u32) {
        self.module_name(source);
        let list = self.list(attributes);
        if !list.is_empty() {
            self.word("with{");
            for (at, &each) in list.iter().enumerate() {
                if at > 0 {
                    self.put(b",");
                }
                self.module_name(self.f(each, 0));
                self.put(b":");
                self.module_name(self.f(each, 1));
            }
            self.put(b"}");
        }
    }

    #[inline(never)]
    fn import(&mut self, node: u32) {
        self.word("import");
        let list = self.list(self.f(node, 0));
        let mut braces = false;
        for (at, &each) in list.iter().enumerate() {
            if at > 0 {
                self.put(b",");
            }
            match self.kind(each) {
                ast::IMPORT_DEFAULT => self.name(self.f(each, 0)),
                ast::IMPORT_NAMESPACE => {
                    self.word("*as");
                    self.name(self.f(each, 0));
                }
                _ => {
                    if !braces {
                        self.put(b"{");
                        braces = true;
                    }
                    let (imported, local) = (self.f(each, 0), self.f(each, 1));
                    let now = self.new_name(local).map(|name| name.to_vec()).unwrap_or_else(|| self.all.atom(local).to_vec());
                    if self.kind(imported) == ast::STRING || now != self.all.atom(imported) {
                        self.module_name(imported);
                        self.word("as");
                    }
                    self.name(local);
                }
            }
        }
        if braces {
            self.put(b"}");
        }
        // `import {} from "a"` has a list that is empty.
        if !list.is_empty() {
            self.word("from");
        }
        self.source(self.f(node, 1), self.f(node, 2));
        self.semicolon = true;
    }

    #[inline(never)]
    fn export_specifiers(&mut self, list: u32, of_other: bool) {
        self.put(b"{");
        for (at, &each) in self.list(list).iter().enumerate() {
            if at > 0 {
                self.put(b",");
            }
            let (local, exported) = (self.f(each, 0), self.f(each, 1));
            let name = if of_other { None } else { self.new_name(local) };
            let now = name.map(|name| name.to_vec()).unwrap_or_else(|| self.all.atom(local).to_vec());
            if of_other || name.is_none() {
                self.module_name(local);
            } else {
                self.name(local);
            }
            if self.kind(local) != self.kind(exported) || now != self.all.atom(exported) {
                self.word("as");
                self.module_name(exported);
            }
        }
        self.put(b"}");
    }
}
