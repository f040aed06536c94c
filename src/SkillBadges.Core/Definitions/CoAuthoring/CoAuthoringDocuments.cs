using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Definitions.CoAuthoring;

public static class CoAuthoringDocuments
{
    public static readonly AccessPath<BadgeDraft> DraftsByMember =
        new AccessPath<BadgeDraft>("member").Each("organization", d => d.Members.Select(member => member.Organization.Value)).OrderBy("name", d => SearchText.Of(d.Name));

    public static readonly DocumentKind<BadgeDraft> Drafts = new("badge_draft", d => d.Slug) { Paths = [DraftsByMember] };

    public static readonly AccessPath<DraftRevision> RevisionsBySlug = new AccessPath<DraftRevision>("slug").Equal("slug", r => r.Slug).OrderBy("number", r => (long?)r.Number);

    /// <summary>Revisions that show the picture with this digest.</summary>
    public static readonly AccessPath<DraftRevision> RevisionsByImage = new AccessPath<DraftRevision>("image").Each("digest", r => r.Content.Badge.Image.Digests);

    /// <summary>Never changed.</summary>
    public static readonly DocumentKind<DraftRevision> Revisions = new("badge_revision", r => r.Id) { Paths = [RevisionsBySlug, RevisionsByImage] };

    public static readonly AccessPath<DraftProposal> ProposalsBySlug = new AccessPath<DraftProposal>("slug").Equal("slug", p => p.Slug).OrderBy("made", p => p.At);

    /// <summary>Proposals that show the picture with this digest.</summary>
    public static readonly AccessPath<DraftProposal> ProposalsByImage = new AccessPath<DraftProposal>("image").Each("digest", p => p.Content.Badge.Image.Digests);

    public static readonly DocumentKind<DraftProposal> Proposals = new("badge_proposal", p => p.Id) { Paths = [ProposalsBySlug, ProposalsByImage] };

    public static readonly AccessPath<PassageComment> CommentsBySlug = new AccessPath<PassageComment>("slug").Equal("slug", c => c.Slug).OrderBy("made", c => c.At);

    public static readonly DocumentKind<PassageComment> Comments = new("passage_comment", c => c.Id) { Paths = [CommentsBySlug] };

    /// <summary>By the version's id.</summary>
    public static readonly DocumentKind<VersionProvenance> Provenance = new("badge_provenance", p => p.Id);

    /// <summary>Minutes that are files with this digest.</summary>
    public static readonly AccessPath<CommitteeMinutes> MinutesByContent = new AccessPath<CommitteeMinutes>("content").Equal("digest", m => m.Digest.Hex);

    /// <summary>Never changed.</summary>
    public static readonly DocumentKind<CommitteeMinutes> Minutes = new("committee_minutes", m => m.Id) { Paths = [MinutesByContent] };

    public static readonly AccessPath<SignerInvitation> SignersBySecret = new AccessPath<SignerInvitation>("secret").Each("secret", i => i.Secrets).Unique();

    public static readonly AccessPath<SignerInvitation> SignersBySlug = new AccessPath<SignerInvitation>("slug").Equal("slug", i => i.Slug).OrderBy("made", i => i.At);

    public static readonly AccessPath<SignerInvitation> SignersByExpiry = new AccessPath<SignerInvitation>("expiry").OrderBy("expires", i => i.ExpiresAt);

    public static readonly DocumentKind<SignerInvitation> Signers = new("signer_invitation", i => i.Id) { Paths = [SignersBySecret, SignersBySlug, SignersByExpiry] };

    /// <summary>The revision whose meaning the draft has now.</summary>
    public static async Task<DraftRevision> AgreedAsync(this IDocumentStore store, BadgeDraft draft, CancellationToken cancellationToken) =>
        (await store.GetAsync(Revisions, DraftRevision.IdOf(draft.Slug, draft.Meaning), "revision", cancellationToken)).Document;
}

/// <summary>The outbox messages of writing together.</summary>
public static class CoAuthoringTopics
{
    /// <summary>Subject: a <see cref="BadgeVersionId"/> that was published, or whose sign-offs changed.</summary>
    public const string SignOffsChanged = "definitions.sign-offs";

    /// <summary>Subject: the id of a <see cref="SignerInvitation"/> whose signer gets a letter, unless it is settled.</summary>
    public const string SignerLetter = "definitions.signer-letter";

    public static OutboxMessage SignOffsOf(BadgeVersionId version, DateTimeOffset now) => new(NewId.Ordered(now), SignOffsChanged, version.ToString(), now);

    public static OutboxMessage LetterTo(SignerInvitation invitation, DateTimeOffset at) => new(NewId.Ordered(at), SignerLetter, invitation.Id, at);
}
