using System.Text.Json;
using SkillBadges.Core.Definitions.CoAuthoring;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Definitions.CoAuthoring;

internal sealed record DraftMemberView(string OrganizationId, SigningParty Party);

/// <param name="IsStanding">It counts for the newest revision.</param>
internal sealed record SignOffView(
    string Id, string OrganizationId, SigningParty Party, int Revision, string ContentHash, SignOffMethod Method, DateTimeOffset At, string? Comment, string? SignerTitle, string? InvitedBy,
    bool IsStanding, DateTimeOffset? WithdrawnAt, string? WithdrawnReason)
{
    public static SignOffView Of(SignOff signOff, bool isStanding) => new(
        signOff.Id, signOff.Organization.Value, signOff.Party, signOff.Revision, signOff.ContentHash.Hex, signOff.Method, signOff.At, signOff.Comment, signOff.SignerTitle,
        signOff.InvitedBy?.Value, isStanding, signOff.Withdrawn?.At, signOff.Withdrawn?.Reason);
}

/// <summary>A recorded vote; it is nobody's signature.</summary>
internal sealed record CommitteeVoteView(
    string Id, string Committee, DateOnly HeldOn, SigningParty StandsInFor, IReadOnlyList<string> Bodies, string Minutes, int Revision, string ContentHash, string RecordedBy, DateTimeOffset At, bool IsStanding, string? MinutesSha256)
{
    public static CommitteeVoteView Of(CommitteeVote vote, bool isStanding) => new(
        vote.Id, vote.Entry.Committee, vote.Entry.HeldOn, vote.Entry.StandsInFor, vote.Entry.Bodies, vote.Entry.Minutes, vote.Revision, vote.ContentHash.Hex, vote.RecordedBy.Value, vote.At, isStanding, vote.Entry.MinutesFile?.Hex);
}

/// <param name="LeftUnmet">What the policy lacked because of it.</param>
internal sealed record DepartureView(string OrganizationId, DateTimeOffset At, string Reason, IReadOnlyList<PartyNeed> LeftUnmet);

internal sealed record PublishedRevisionView(int Revision, int Version);

/// <summary>A badge that several organizations write.</summary>
/// <param name="Revision">The newest one.</param>
/// <param name="MeaningOf">The revision whose meaning the newest one has; sign-offs count for a meaning.</param>
/// <param name="Needs">Who must sign, by the policy of the organization that leads the badge.</param>
/// <param name="Missing">Who has not signed this content yet.</param>
internal sealed record DefinitionView(
    string Slug, string Name, string Field, string OwnerId, IReadOnlyList<DraftMemberView> Organizations, int Revision, int MeaningOf, string ContentHash, bool IsComplete,
    IReadOnlyList<PartyNeed> Needs, IReadOnlyList<PartyNeed> Missing, IReadOnlyList<SignOffView> SignOffs, IReadOnlyList<CommitteeVoteView> Votes, IReadOnlyList<PublishedRevisionView> Published)
{
    /// <summary>The published version that it began as a copy of; null for what was written anew.</summary>
    public string? CopyOf { get; init; }

    /// <summary>Organizations that wrote it for a time.</summary>
    public IReadOnlyList<DepartureView> Departures { get; init; } = [];

    public static DefinitionView Of(BadgeDraft draft, IReadOnlyList<PartyNeed> needs) => new(
        draft.Slug, draft.Name, draft.Field, draft.Owner.Value, [.. draft.Members.Select(member => new DraftMemberView(member.Organization.Value, member.Party))], draft.Revision, draft.Meaning,
        draft.ContentHash.Hex, draft.IsComplete, needs, draft.Missing(needs),
        [.. draft.SignOffs.Select(signOff => SignOffView.Of(signOff, draft.Standing.Contains(signOff)))],
        [.. draft.Votes.Select(vote => CommitteeVoteView.Of(vote, draft.StandingVotes.Contains(vote)))],
        [.. draft.Published.Select(published => new PublishedRevisionView(published.Revision, published.Version))])
    {
        CopyOf = draft.CopyOf?.ToString(),
        Departures = [.. draft.Departures.Select(left => new DepartureView(left.Organization.Value, left.At, left.Reason, left.LeftUnmet))],
    };
}

internal sealed record DefinitionLine(string Slug, string Name, string Field, int Revision, bool IsComplete, int SignOffs);

/// <param name="PatchNote">What spelling was corrected or which translation came, when nothing else changed.</param>
internal sealed record RevisionLine(int Number, int MeaningOf, bool IsComplete, string ContentHash, string? PatchNote, string OrganizationId, DateTimeOffset At)
{
    public static RevisionLine Of(DraftRevision revision) => new(
        revision.Number, revision.Meaning, revision.Content.IsComplete, revision.Content.Hash.Hex, revision.PatchNote, revision.Organization.Value, revision.At);
}

/// <param name="Content">In the badge file format, as it was written.</param>
/// <param name="Faults">What is missing or wrong; none once it is complete.</param>
internal sealed record RevisionView(RevisionLine Revision, JsonElement Content, string? Png, string? Svg, IReadOnlyList<ContentFault> Faults)
{
    public static RevisionView Of(DraftRevision revision)
    {
        var content = revision.Content;
        return new(RevisionLine.Of(revision), Json(content.Text), content.Badge.Image.Png?.Hex, content.Badge.Image.Svg?.Hex, content.Faults);
    }

    internal static JsonElement Json(string text) => JsonElement.Parse(text);
}

internal sealed record ProposalLine(
    string Id, int OnRevision, string Note, bool IsPatch, string OrganizationId, DateTimeOffset At, ProposalState State, string? Reason, string? SettledBy, int? BecameRevision)
{
    public static ProposalLine Of(DraftProposal proposal) => new(
        proposal.Id, proposal.Base, proposal.Note, proposal.IsPatch, proposal.Organization.Value, proposal.At, proposal.State, proposal.End?.Reason, proposal.End?.Organization.Value, proposal.End?.Revision);
}

internal sealed record ProposalView(ProposalLine Proposal, JsonElement Content, IReadOnlyList<ContentFault> Faults, IReadOnlyList<PassageChange> Changes);

internal sealed record CommentView(string Id, int Revision, string Path, string Text, CommentKind Kind, string OrganizationId, DateTimeOffset At, bool IsResolved, DateTimeOffset? ResolvedAt)
{
    public static CommentView Of(PassageComment comment) => new(
        comment.Id, comment.Revision, comment.Path, comment.Text, comment.Kind, comment.Organization.Value, comment.At, comment.Resolved is not null, comment.Resolved?.At);
}

/// <param name="Code">To pass on by another way than the link; only in the first answer, since it is not kept.</param>
internal sealed record SignerView(string Id, string OrganizationId, string InvitedBy, DateTimeOffset At, DateTimeOffset ExpiresAt, SignerState State, DateTimeOffset? SettledAt, int Letters, string? Code)
{
    public static SignerView Of(SignerInvitation invitation, string? code) => new(
        invitation.Id, invitation.Organization.Value, invitation.InvitedFrom.Value, invitation.At, invitation.ExpiresAt, invitation.State, invitation.SettledAt, invitation.Secrets.Length, code);
}

internal sealed record DifferenceView(int From, int To, IReadOnlyList<PassageChange> Changes);
