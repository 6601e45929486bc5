//! What references lead to.

use super::meta;
use super::pointer;
use super::schemas::{Schemas, Target, NONE};
use super::stop::{stop, Code, Stop};
use super::uri;

/// How many names references may be compared with.
const STEPS: usize = 50_000_000;

impl Schemas {
    #[inline(never)]
    pub(super) fn resolve(&mut self, member: u32) -> Result<(), Stop> {
        self.spend(self.resources.len() + self.anchors.len())?;
        let resource = self.resource(self.side[member as usize]);
        let value = self.tree.node(member).span;
        let reference = self.tree.bytes(value).to_vec();
        let (uri, fragment) = uri::split(&reference);
        let uri = uri::resolve(&self.resources[resource as usize].uri, uri);
        let found = match self.find(&uri) {
            None if !self.with_meta && uri.starts_with(meta::PREFIX) => {
                self.load_meta()?;
                self.find(&uri)
            }
            found => found,
        };
        let target = match (found, fragment) {
            (Some(found), Some(fragment)) => self.inside(found, &uri::decode(fragment))?,
            (Some(found), None) => {
                Some(Target { node: self.resources[found as usize].node, dynamic: None })
            }
            (None, _) => None,
        };
        match target {
            Some(target) => {
                self.side[member as usize] = self.targets.len() as u32;
                self.targets.push(target);
                Ok(())
            }
            None => {
                let mut reason = String::from("nothing is known at the reference '");
                reason.push_str(&String::from_utf8_lossy(&reference));
                reason.push('\'');
                Err(self.malformed(member, &reason))
            }
        }
    }

    pub(super) fn spend(&mut self, steps: usize) -> Result<(), Stop> {
        self.steps += steps;
        if self.steps > STEPS {
            return Err(stop(Code::Limit, &["the schemas have too many references and names"]));
        }
        Ok(())
    }

    fn find(&self, uri: &[u8]) -> Option<u32> {
        self.resources.iter().position(|resource| resource.uri == uri).map(|at| at as u32)
    }

    fn load_meta(&mut self) -> Result<(), Stop> {
        self.with_meta = true;
        let root = self.root;
        for (uri, source) in meta::DOCUMENTS {
            self.add(source.as_bytes(), uri.as_bytes())?;
        }
        self.root = root;
        self.note()?;
        for at in self.documents.len() - meta::DOCUMENTS.len()..self.documents.len() {
            self.enter(at)?;
        }
        Ok(())
    }

    /// What a fragment names in a resource.
    #[inline(never)]
    fn inside(&mut self, resource: u32, fragment: &[u8]) -> Result<Option<Target>, Stop> {
        let root = self.resources[resource as usize].node;
        if fragment.is_empty() {
            return Ok(Some(Target { node: root, dynamic: None }));
        }
        if fragment[0] == b'/' {
            return self.pointed(root, fragment);
        }
        let resource = self.resource(root);
        let anchor = self
            .anchors
            .iter()
            .find(|anchor| anchor.resource == resource && self.tree.bytes(anchor.name) == fragment);
        Ok(anchor.map(|anchor| {
            let dynamic = if anchor.dynamic { Some(anchor.name) } else { None };
            Target { node: anchor.node, dynamic }
        }))
    }

    /// What a JSON Pointer leads to; a place that was no schema so far becomes one.
    #[inline(never)]
    fn pointed(&mut self, root: u32, path: &[u8]) -> Result<Option<Target>, Stop> {
        let mut resource = self.resource(root);
        let mut at = root;
        for segment in path[1..].split(|&byte| byte == b'/') {
            at = match pointer::step(&self.tree, at, &uri::unescaped(segment)) {
                Some(next) => next,
                None => return Ok(None),
            };
            if self.resource(at) != NONE {
                resource = self.resource(at);
            }
        }
        if self.resource(at) == NONE {
            self.work.push((at, resource));
            self.walk()?;
        }
        Ok(Some(Target { node: at, dynamic: None }))
    }
}
