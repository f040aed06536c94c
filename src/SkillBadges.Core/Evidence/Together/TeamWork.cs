using System.Collections.Immutable;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Evidence.Together;

/// <param name="AcceptedAt">When they said that they made it, too; null before.</param>
public sealed record TeamMember(PersonId Person, DateTimeOffset? AcceptedAt);

/// <summary>
/// One piece of work that several students made. Each of them hands it in as proof in work of their own and says what their part was; each is judged alone.
/// </summary>
/// <param name="Piece">As it was in the draft of who shared it; files are kept under their digest, so it is one for all.</param>
public sealed record TeamWork(TeamWorkId Id, OrganizationId Organization, EvidenceItem Piece, DateTimeOffset SharedAt)
{
    public const int MaxMembers = 12;

    /// <summary>Who shared it comes first.</summary>
    public ImmutableArray<TeamMember> Members { get; init; } = [];

    /// <summary>When its content was erased; null while it is there.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <exception cref="RefusedException"><c>team-work.members</c>, <c>team-work.piece</c>.</exception>
    public static TeamWork Share(TeamWorkId id, OrganizationId organization, PersonId by, EvidenceItem piece, IReadOnlyCollection<PersonId> others, DateTimeOffset at)
    {
        var members = others.Where(person => person != by).Distinct().ToList();
        if (members.Count is < 1 or >= MaxMembers)
        {
            throw Refused.Invalid("team-work.members", $"A team has 2 to {MaxMembers} members.");
        }

        return piece.Kind is Definitions.EvidenceKind.File or Definitions.EvidenceKind.Link or Definitions.EvidenceKind.Text && piece.Team is null
            ? new(id, organization, piece, at) { Members = [new(by, at), .. members.Select(person => new TeamMember(person, null))] }
            : throw Refused.Invalid("team-work.piece", "A team shares a file, a link or a text that is not shared yet; certificates, logs and results are one person's.");
    }

    public bool Names(PersonId person) => Members.Any(member => member.Person == person);

    /// <summary>Saying it twice is harmless.</summary>
    /// <exception cref="RefusedException"><c>team-work.not-found</c>.</exception>
    public TeamWork Accept(PersonId person, DateTimeOffset at)
    {
        var member = Members.FirstOrDefault(known => known.Person == person) ?? throw Refused.NotFound("team-work");
        return member.AcceptedAt is null ? this with { Members = Members.Replace(member, member with { AcceptedAt = at }) } : this;
    }

    /// <summary>Without the content of the piece: nobody takes it into work of theirs any more. What members have handed in already is theirs, to be erased there.</summary>
    public TeamWork Erase(DateTimeOffset at) => ErasedAt is null ? this with { Piece = Piece.Erased(), ErasedAt = at } : this;

    /// <summary>The piece as proof of one member.</summary>
    /// <exception cref="RefusedException"><c>team-work.not-found</c>, <c>evidence.erased</c>, <c>team-work.not-accepted</c>, <c>team-work.alone</c>, <c>team-work.own-part</c>.</exception>
    public EvidenceItem ProofOf(PersonId person, string ownPart, string evidenceId, DateTimeOffset at)
    {
        var member = Members.FirstOrDefault(known => known.Person == person) ?? throw Refused.NotFound("team-work");
        if (ErasedAt is not null)
        {
            throw Refused.Gone("evidence.erased", "It was erased; its digest stays in the record.");
        }

        if (member.AcceptedAt is null)
        {
            throw Refused.Conflict("team-work.not-accepted", "Please say first that you made it, too.");
        }

        var size = Members.Count(known => known.AcceptedAt is not null);
        if (size < 2)
        {
            throw Refused.Conflict("team-work.alone", "Nobody else has said yet that they made it, too.");
        }

        var part = DisplayText.Optional(ownPart, TeamPart.MaxPartLength, "team-work.own-part") ?? throw Refused.Invalid("team-work.own-part", "Please say what your part of it was.");
        return Piece with { Id = evidenceId, AddedAt = at, OptionId = null, Team = new(Id.Value, size, part) };
    }
}

public static class TeamWorkDocuments
{
    public static readonly Storage.AccessPath<TeamWork> ByMember = new Storage.AccessPath<TeamWork>("member").Each("member", t => t.Members.Select(m => m.Person.Value)).OrderBy("shared", t => t.SharedAt);

    /// <summary>Pieces that are files with this digest, as long as they are there.</summary>
    public static readonly Storage.AccessPath<TeamWork> ByContent = new Storage.AccessPath<TeamWork>("content").Each("digest", t => t.ErasedAt is null && t.Piece.Kind == Definitions.EvidenceKind.File ? [t.Piece.Digest.Hex] : []);

    public static readonly Storage.DocumentKind<TeamWork> Kind = new("team_work", t => t.Id.Value) { Paths = [ByMember, ByContent] };
}
