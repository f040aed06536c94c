using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Statements;

/// <summary>
/// What the learner or the family says about an entry that a school would not amend (34 CFR 99.21(b)(2), 99.21(c)): kept with the entry and shown
/// wherever the entry goes.
/// </summary>
/// <param name="Entry">Id of the entry in the record.</param>
public sealed record Statement(StatementId Id, PersonId Learner, OrganizationId RecordKeeper, string Entry, string Text, PersonId By, DateTimeOffset At)
{
    public const int MaxLength = 2_000;

    public const int MaxPerEntry = 20;

    /// <exception cref="RefusedException"><c>statement.text</c>.</exception>
    public static Statement Write(StatementId id, PersonId learner, OrganizationId recordKeeper, string entry, string text, PersonId by, DateTimeOffset at) => new(
        id, learner, recordKeeper, entry, DisplayText.Optional(text, MaxLength, "statement.text") ?? throw Refused.Invalid("statement.text", $"Please write what is to stand with the entry, at most {MaxLength} characters."), by, at);
}

public static class StatementDocuments
{
    public static readonly AccessPath<Statement> ByLearner = new AccessPath<Statement>("learner").Equal("learner", s => s.Learner.Value).OrderBy("at", s => s.At);

    public static readonly AccessPath<Statement> ByEntry = new AccessPath<Statement>("entry").Equal("entry", s => s.Entry).OrderBy("at", s => s.At);

    public static readonly DocumentKind<Statement> Kind = new("record_statement", s => s.Id.Value) { Paths = [ByLearner, ByEntry] };
}
