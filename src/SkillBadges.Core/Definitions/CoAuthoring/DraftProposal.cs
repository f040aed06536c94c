using System.Text.Json.Serialization;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Definitions.CoAuthoring;

[JsonConverter(typeof(JsonStringEnumConverter<ProposalState>))]
public enum ProposalState
{
    [JsonStringEnumMemberName("open")]
    Open,

    [JsonStringEnumMemberName("accepted")]
    Accepted,

    [JsonStringEnumMemberName("rejected")]
    Rejected,

    /// <summary>Taken back by who proposed it.</summary>
    [JsonStringEnumMemberName("withdrawn")]
    Withdrawn,
}

/// <summary>How a proposal ended.</summary>
/// <param name="Reason">Why it was rejected; else null.</param>
/// <param name="Revision">What it became when it was accepted; else null.</param>
public sealed record ProposalEnd(PersonId By, OrganizationId Organization, DateTimeOffset At, string? Reason, int? Revision);

/// <summary>Changed content against one revision, for another co-author to accept or reject.</summary>
/// <param name="Base">The revision that was the newest one when it was proposed.</param>
/// <param name="Note">What it changes and why; of a patch, what is spelled rightly now or which translation it brings.</param>
/// <param name="IsPatch">Only spelling is corrected or a translation brought, so that sign-offs stay.</param>
public sealed record DraftProposal(
    string Id, string Slug, int Base, DraftContent Content, string Note, bool IsPatch, PersonId Author, OrganizationId Organization, DateTimeOffset At)
{
    public const int MaxNoteLength = 1000;

    public ProposalState State { get; init; }

    public ProposalEnd? End { get; init; }

    /// <summary>A proposal for a draft as it stands.</summary>
    /// <param name="agreed">The revision whose meaning the draft has.</param>
    /// <exception cref="RefusedException"><c>definition.revision-stale</c>, <c>proposal.nothing-changed</c>, <c>proposal.not-a-patch</c>, <c>proposal.note</c>.</exception>
    public static DraftProposal Make(string id, BadgeDraft draft, DraftRevision agreed, int onRevision, DraftContent content, string? note, bool isPatch, PersonId author, OrganizationId organization, DateTimeOffset at)
    {
        if (onRevision != draft.Revision)
        {
            throw Refused.Conflict("definition.revision-stale", $"Revision {draft.Revision} is the newest one; please change that.");
        }

        if (content.Hash == draft.ContentHash)
        {
            throw Refused.Invalid("proposal.nothing-changed", "This is what the newest revision says already.");
        }

        var proposal = new DraftProposal(id, draft.Slug, onRevision, content, DisplayText.Require(note, MaxNoteLength, "proposal.note"), isPatch, author, organization, at);
        proposal.RequireSpelling(agreed);
        return proposal;
    }

    /// <summary>The revision that it becomes when another co-author says yes.</summary>
    /// <param name="agreed">The revision whose meaning the draft has.</param>
    /// <exception cref="RefusedException"><c>proposal.settled</c>, <c>proposal.base-stale</c>, <c>proposal.own</c>, <c>proposal.not-a-patch</c>.</exception>
    public (DraftProposal Accepted, DraftRevision Revision) Accept(BadgeDraft draft, DraftRevision agreed, PersonId by, OrganizationId organization, DateTimeOffset at)
    {
        RequireOpen();
        if (Base != draft.Revision)
        {
            throw Refused.Conflict("proposal.base-stale", $"This changes revision {Base}, but {draft.Revision} is the newest one. It has to be proposed again on top of that.");
        }

        // A single organization agrees with itself; from the second one on somebody else has to.
        if (draft.Members.Length > 1 && (by == Author || organization == Organization))
        {
            throw Refused.Forbidden("proposal.own", "Somebody of another organization that writes the badge has to accept this.");
        }

        RequireSpelling(agreed);
        var number = draft.Revision + 1;
        var revision = new DraftRevision(Slug, number, IsPatch ? draft.Meaning : number, Content, IsPatch ? Note : null, Id, Author, Organization, by, at);
        return (this with { State = ProposalState.Accepted, End = new(by, organization, at, null, number) }, revision);
    }

    /// <exception cref="RefusedException"><c>proposal.settled</c>, <c>proposal.reason</c>.</exception>
    public DraftProposal Reject(PersonId by, OrganizationId organization, string? reason, DateTimeOffset at)
    {
        RequireOpen();
        return this with { State = ProposalState.Rejected, End = new(by, organization, at, DisplayText.Require(reason, MaxNoteLength, "proposal.reason"), null) };
    }

    /// <exception cref="RefusedException"><c>proposal.settled</c>, <c>proposal.not-yours</c>.</exception>
    public DraftProposal Withdraw(PersonId by, DateTimeOffset at)
    {
        RequireOpen();
        return by == Author
            ? this with { State = ProposalState.Withdrawn, End = new(by, Organization, at, null, null) }
            : throw Refused.Forbidden("proposal.not-yours", "Only who proposed this takes it back; others reject it with a reason.");
    }

    private void RequireOpen()
    {
        if (State != ProposalState.Open)
        {
            throw Refused.Conflict("proposal.settled", "This proposal was settled already.");
        }
    }

    // Held against what was agreed on, not against the last correction: many small steps must not lead far away.
    private void RequireSpelling(DraftRevision agreed)
    {
        if (IsPatch && SpellingFix.Objection(agreed.Content.Badge, Content.Badge) is { } objection)
        {
            throw Refused.Invalid("proposal.not-a-patch", objection);
        }
    }
}
