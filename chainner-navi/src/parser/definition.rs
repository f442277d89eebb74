//! Definitions.

use std::sync::Arc;

use super::{Parse, Parser};
use crate::error::{Error, ErrorKind};
use crate::syntax::{Definition, DefinitionKind, Expression, ExpressionKind, Name};
use crate::token::{Keyword, Punctuation as P, TokenKind};

type Fields = Vec<(Name, Expression)>;

impl Parser<'_> {
    pub(super) fn definition_document(&mut self) -> Parse<Vec<Arc<Definition>>> {
        let mut definitions = Vec::new();
        let mut intrinsics = Vec::new();
        loop {
            definitions.extend(self.definitions()?);
            if !self.is_keyword(Keyword::Intrinsic) {
                break;
            }
            intrinsics.push(self.intrinsic()?);
        }
        self.end_of_text("a definition")?;
        definitions.extend(intrinsics);
        Ok(definitions)
    }

    /// As many definitions as there are; intrinsics are none.
    pub(super) fn definitions(&mut self) -> Parse<Vec<Arc<Definition>>> {
        let mut definitions = Vec::new();
        loop {
            match self.token().kind {
                TokenKind::Keyword(Keyword::Let) => definitions.push(self.variable()?),
                TokenKind::Keyword(Keyword::Struct) => definitions.push(self.structure()?),
                TokenKind::Keyword(Keyword::Enum) => definitions.extend(self.enumeration()?),
                TokenKind::Keyword(Keyword::Def) => definitions.push(self.function()?),
                _ => return Ok(definitions),
            }
        }
    }

    fn variable(&mut self) -> Parse<Arc<Definition>> {
        self.pass();
        let name = self.name("a name")?;
        let assertion = if self.eat(P::Colon) { Some(self.expression()?) } else { None };
        self.expect(P::Equal)?;
        let value = self.expression()?;
        self.expect(P::Semicolon)?;
        Ok(Definition { name, kind: DefinitionKind::Let { assertion, value } }.into())
    }

    fn structure(&mut self) -> Parse<Arc<Definition>> {
        self.pass();
        let name = self.name("a name")?;
        let fields = if self.eat(P::Semicolon) { Vec::new() } else { self.fields()? };
        Ok(Definition { name, kind: DefinitionKind::Struct { fields } }.into())
    }

    fn fields(&mut self) -> Parse<Fields> {
        self.expect(P::OpenBrace)?;
        let fields = self.nested(false, |parser| parser.list(P::CloseBrace, Self::field))?;
        for (index, (field, _)) in fields.iter().enumerate() {
            if fields[..index].iter().any(|(earlier, _)| earlier.text == field.text) {
                let message = format!("the field `{}` is there already", field.text);
                self.mistaken(Error::new(ErrorKind::Value, message).or_at(field.span));
            }
        }
        Ok(fields)
    }

    /// `name: type`, of a struct or a function.
    fn field(&mut self) -> Parse<(Name, Expression)> {
        let name = self.identifier("a name")?;
        self.expect(P::Colon)?;
        Ok((name, self.expression()?))
    }

    /// A variable for the union of all variants, and a struct for each.
    fn enumeration(&mut self) -> Parse<Vec<Arc<Definition>>> {
        self.pass();
        let name = self.name("a name")?;
        self.expect(P::OpenBrace)?;
        let mut variants = Vec::new();
        while !self.eat(P::CloseBrace) {
            let variant = self.identifier("the name of a variant")?;
            let fields = if self.is(P::OpenBrace) {
                self.fields()?
            } else {
                self.could_be("`{`");
                Vec::new()
            };
            let name = Name::new(format!("{}::{}", name.text, variant.text), variant.span);
            variants.push(Arc::new(Definition { name, kind: DefinitionKind::Struct { fields } }));
            self.eat(P::Comma);
        }
        let named = variants
            .iter()
            .map(|variant| Expression::new(ExpressionKind::Named(variant.name.clone()), variant.name.span))
            .collect();
        let value = self.expression_of(ExpressionKind::Union(named), name.span)?;
        let union = Definition { name, kind: DefinitionKind::Let { assertion: None, value } };
        variants.insert(0, union.into());
        Ok(variants)
    }

    fn function(&mut self) -> Parse<Arc<Definition>> {
        self.pass();
        let name = self.name("a name")?;
        self.expect(P::OpenParen)?;
        let parameters = self.nested(false, |parser| parser.list(P::CloseParen, Self::field))?;
        // The block of the body follows as it follows a condition.
        let assertion = if self.eat(P::Colon) { Some(self.nested(true, Self::expression)?) } else { None };
        let body = if self.eat(P::Equal) {
            let body = self.expression()?;
            self.expect(P::Semicolon)?;
            body
        } else {
            self.block()?
        };
        Ok(Definition { name, kind: DefinitionKind::Function { parameters, assertion, body } }.into())
    }

    fn intrinsic(&mut self) -> Parse<Arc<Definition>> {
        self.pass();
        self.expect_keyword(Keyword::Def)?;
        let name = self.name("a name")?;
        self.expect(P::OpenParen)?;
        let (parameters, rest) = self.nested(false, Self::intrinsic_parameters)?;
        let assertion = if self.eat(P::Colon) { Some(self.expression()?) } else { None };
        self.expect(P::Semicolon)?;
        Ok(Definition { name, kind: DefinitionKind::Intrinsic { parameters, rest, assertion } }.into())
    }

    fn intrinsic_parameters(&mut self) -> Parse<(Fields, Option<(Name, Expression)>)> {
        let mut parameters = Vec::new();
        loop {
            if self.eat(P::CloseParen) {
                return Ok((parameters, None));
            }
            if self.eat(P::Ellipsis) {
                let rest = self.field()?;
                self.eat(P::Comma);
                self.expect(P::CloseParen)?;
                return Ok((parameters, Some(rest)));
            }
            parameters.push(self.field()?);
            if !self.eat(P::Comma) {
                self.expect(P::CloseParen)?;
                return Ok((parameters, None));
            }
        }
    }
}
