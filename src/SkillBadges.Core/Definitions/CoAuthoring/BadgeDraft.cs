using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Definitions.CoAuthoring;

/// <summary>An organization that writes the badge, and the side it signs from.</summary>
public sealed record DraftMember(OrganizationId Organization, SigningParty Party);

/// <summary>An organization that wrote the badge for a time.</summary>
/// <param name="LeftUnmet">Whose sign-off the policy lacks since then: the organization was told so, and left all the same.</param>
public sealed record Departure(OrganizationId Organization, PersonId By, DateTimeOffset At, string Reason, ImmutableArray<PartyNeed> LeftUnmet);

/// <summary>Which revision became which version.</summary>
public sealed record PublishedRevision(int Revision, int Version);

/// <summary>
/// The table at which several organizations write one badge, for as long as the badge lives. Its content is that of its newest
/// <see cref="DraftRevision"/>; what was signed holds for the meaning it was signed for and for no other.
/// </summary>
public sealed record BadgeDraft(string Slug, OrganizationId Owner, ImmutableArray<DraftMember> Members, DateTimeOffset StartedAt)
{
    public const int MaxMembers = 40;

    public required string Name { get; init; }

    public required string Field { get; init; }

    /// <summary>The newest one.</summary>
    public required int Revision { get; init; }

    /// <summary>The revision whose meaning the newest one has.</summary>
    public required int Meaning { get; init; }

    public required Sha256Digest ContentHash { get; init; }

    public required bool IsComplete { get; init; }

    public ImmutableArray<SignOff> SignOffs { get; init; } = [];

    public ImmutableArray<CommitteeVote> Votes { get; init; } = [];

    public ImmutableArray<PublishedRevision> Published { get; init; } = [];

    /// <summary>Organizations that signed and have left: they may take back what they signed, and nothing else.</summary>
    public ImmutableArray<DraftMember> Former { get; init; } = [];

    public ImmutableArray<Departure> Departures { get; init; } = [];

    /// <summary>The published version that it began as a copy of; null for what was written anew.</summary>
    public BadgeVersionId? CopyOf { get; init; }

    /// <summary>Sign-offs that count for the newest revision: of those who write the badge now.</summary>
    [JsonIgnore]
    public IEnumerable<SignOff> Standing => SignOffs.Where(signOff => signOff.Withdrawn is null && signOff.Meaning == Meaning && Member(signOff.Organization) is not null);

    [JsonIgnore]
    public IEnumerable<CommitteeVote> StandingVotes => Votes.Where(vote => vote.Withdrawn is null && vote.Meaning == Meaning);

    public DraftMember? Member(OrganizationId organization) => Members.FirstOrDefault(member => member.Organization == organization);

    public static BadgeDraft Start(Organization owner, DraftRevision first) =>
        new BadgeDraft(first.Slug, owner.Id, [new(owner.Id, SigningParties.Of(owner.Kind))], first.At) { Name = "", Field = "", Revision = 0, Meaning = 0, ContentHash = first.Content.Hash, IsComplete = false }.At(first);

    /// <summary>Adding one that is there changes nothing.</summary>
    /// <exception cref="RefusedException"><c>definition.too-many-authors</c>.</exception>
    public BadgeDraft Add(Organization organization)
    {
        if (Member(organization.Id) is not null)
        {
            return this;
        }

        return Members.Length < MaxMembers
            ? this with
            {
                Members = Members.Add(new(organization.Id, SigningParties.Of(organization.Kind))),
                Former = Former.RemoveAll(former => former.Organization == organization.Id),
            }
            : throw Refused.Invalid("definition.too-many-authors", $"At most {MaxMembers} organizations write one badge.");
    }

    /// <summary>
    /// The organization writes the badge no longer: its sign-off counts for nothing that is published from now on, and stays with what was published. Where the policy lacks something then,
    /// who leaves has to say that they know.
    /// </summary>
    /// <param name="organization">Writes the badge, and does not lead it.</param>
    /// <param name="needs">The policy.</param>
    /// <param name="knowing">That the policy may lack something afterwards.</param>
    /// <param name="departure">Makes the record of it, from what is lacking.</param>
    /// <exception cref="RefusedException"><c>definition.not-a-co-author</c>, <c>definition.owner-stays</c>, <c>definition.leaving-unmet</c>.</exception>
    public BadgeDraft Leave(OrganizationId organization, IReadOnlyCollection<PartyNeed> needs, bool knowing, Func<ImmutableArray<PartyNeed>, Departure> departure)
    {
        var member = RequireMember(organization);
        if (organization == Owner)
        {
            throw Refused.Conflict("definition.owner-stays", "The organization that leads the badge does not leave it; it may retire the badge.");
        }

        var left = this with { Members = Members.Remove(member), Former = Former.Add(member) };
        var unmet = needs.Where(need => left.Short(need) > Short(need)).Select(need => need with { AtLeast = left.Short(need) }).ToImmutableArray();
        return unmet.IsEmpty || knowing
            ? left with { Departures = Departures.Add(departure(unmet)) }
            : throw Refused.Conflict("definition.leaving-unmet", $"Without you the badge lacks {string.Join(" and ", unmet.Select(Words))}, so that nothing new of it is published until somebody else joins. If that is meant, say so with the request.");
    }

    /// <summary>The next revision is the newest one from now on. Sign-offs stay with the meaning that they were given for.</summary>
    /// <exception cref="RefusedException"><c>definition.revision-stale</c> when it does not follow the newest one.</exception>
    public BadgeDraft At(DraftRevision next) => next.Number == Revision + 1
        ? this with
        {
            Name = next.Content.Badge.Name,
            Field = next.Content.Badge.Field,
            Revision = next.Number,
            Meaning = next.Meaning,
            ContentHash = next.Content.Hash,
            IsComplete = next.Content.IsComplete,
        }
        : throw Stale();

    /// <summary>Signing the same meaning twice is harmless: the first sign-off stays. Nobody signs one for two organizations: several sides are several heads.</summary>
    /// <exception cref="RefusedException"><c>definition.not-a-co-author</c>, <c>definition.revision-stale</c>, <c>definition.incomplete</c>, <c>sign-off.same-person</c>.</exception>
    public BadgeDraft Sign(SignOff signOff)
    {
        _ = RequireMember(signOff.Organization);
        RequireSignable(signOff.Revision, signOff.Meaning, signOff.ContentHash);
        if (Standing.Any(known => known.Organization == signOff.Organization))
        {
            return this;
        }

        return signOff.Person is { } person && Standing.Any(known => known.Person == person)
            ? throw Refused.Conflict("sign-off.same-person", "You signed this for another organization; please let somebody else sign for this one.")
            : this with { SignOffs = SignOffs.Add(signOff) };
    }

    /// <exception cref="RefusedException"><c>definition.revision-stale</c>, <c>definition.incomplete</c>.</exception>
    public BadgeDraft Record(CommitteeVote vote)
    {
        RequireSignable(vote.Revision, vote.Meaning, vote.ContentHash);
        return this with { Votes = Votes.Add(vote) };
    }

    /// <exception cref="RefusedException"><c>sign-off.not-found</c>, <c>sign-off.withdrawn</c>.</exception>
    public BadgeDraft Withdraw(string signOffId, SignOffEnd end)
    {
        var signOff = SignOffs.FirstOrDefault(known => known.Id == signOffId) ?? throw Refused.NotFound("sign-off");
        return this with { SignOffs = SignOffs.Replace(signOff, signOff.Withdraw(end)) };
    }

    /// <summary>What still has to be signed for this content; one committee vote may stand in for one organization.</summary>
    public ImmutableArray<PartyNeed> Missing(IReadOnlyCollection<PartyNeed> needs)
    {
        var lacking = needs
            .Select(need => need with { AtLeast = need.AtLeast - Standing.Where(signOff => signOff.Party == need.Party).Select(signOff => signOff.Organization).Distinct().Count() })
            .Where(need => need.AtLeast > 0)
            .ToImmutableArray();
        return VoteThatCounts(lacking) is { } vote
            ? [.. lacking.Select(need => need.Party == vote.Entry.StandsInFor ? need with { AtLeast = need.AtLeast - 1 } : need).Where(need => need.AtLeast > 0)]
            : lacking;
    }

    /// <summary>The newest revision becomes a version.</summary>
    /// <exception cref="RefusedException"><c>definition.revision-stale</c>, <c>definition.incomplete</c>, <c>definition.already-published</c>, <c>definition.sign-off-missing</c>.</exception>
    public BadgeDraft Publish(int revision, int version, IReadOnlyCollection<PartyNeed> needs)
    {
        RequireSignable(revision, Meaning, ContentHash);
        if (Published.Any(published => published.Revision == revision))
        {
            throw Refused.Conflict("definition.already-published", "This revision is published already.");
        }

        return Missing(needs) is { IsEmpty: false } missing
            ? throw Refused.Conflict("definition.sign-off-missing", $"Before this is published it needs the sign-off of {string.Join(" and ", missing.Select(Words))}, for exactly this content.")
            : this with { Published = Published.Add(new(revision, version)) };
    }

    // How many of a side are not at the table, or are and have taken no part in what is signed so far.
    private int Short(PartyNeed need) => Math.Max(
        Math.Max(0, need.AtLeast - Members.Count(member => member.Party == need.Party)),
        Missing([need]).Where(lacking => lacking.Party == need.Party).Sum(lacking => lacking.AtLeast));

    /// <summary>The vote that stands in for a missing sign-off, or null where none is needed or there.</summary>
    private CommitteeVote? VoteThatCounts(ImmutableArray<PartyNeed> lacking) => StandingVotes.FirstOrDefault(vote => lacking.Any(need => need.Party == vote.Entry.StandsInFor));

    private static string Words(PartyNeed need) => need.AtLeast == 1 ? $"one {need.Party.Words()}" : $"{need.AtLeast} of kind {need.Party.Words()}";

    private DraftMember RequireMember(OrganizationId organization) =>
        Member(organization) ?? throw Refused.Forbidden("definition.not-a-co-author", "This organization does not write the badge; only those who write it sign it.");

    private void RequireSignable(int revision, int meaning, Sha256Digest hash)
    {
        if (revision != Revision || meaning != Meaning || hash != ContentHash)
        {
            throw Stale();
        }

        if (!IsComplete)
        {
            throw Refused.Conflict("definition.incomplete", "The badge is not complete yet; its faults are listed with the revision.");
        }
    }

    private RefusedException Stale() => Refused.Conflict("definition.revision-stale", $"Revision {Revision} is the newest one; please read it first.");
}
