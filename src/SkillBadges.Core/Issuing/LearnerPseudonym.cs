using System.Security.Cryptography;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Issuing;

/// <summary>
/// The name under which one issuer's credentials speak of a learner: random, so it tells nothing, and another one at each issuer, so that
/// two schools' credentials cannot be joined by it.
/// </summary>
/// <param name="SubjectId">A <c>urn:uuid:</c> of 122 random bits.</param>
public sealed record LearnerPseudonym(PersonId Learner, OrganizationId Organization, string SubjectId)
{
    public static LearnerPseudonym New(PersonId learner, OrganizationId organization)
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);

        // RFC 9562 (2024-05) 5.4: version 4, variant 10.
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new(learner, organization, $"urn:uuid:{new Guid(bytes, bigEndian: true):D}");
    }
}

public static class LearnerPseudonymDocuments
{
    public static readonly AccessPath<LearnerPseudonym> BySubject = new AccessPath<LearnerPseudonym>("subject").Equal("subject", p => p.SubjectId).Unique();

    public static readonly AccessPath<LearnerPseudonym> ByLearner = new AccessPath<LearnerPseudonym>("learner").Equal("learner", p => p.Learner.Value);

    /// <summary>The pair is the id, so there is one for each.</summary>
    public static readonly DocumentKind<LearnerPseudonym> Kind = new("learner_pseudonym", p => IdOf(p.Learner, p.Organization)) { Paths = [BySubject, ByLearner] };

    public static string IdOf(PersonId learner, OrganizationId organization) => $"{learner.Value}.{organization.Value}";

    /// <summary>What <see cref="IdOf"/> was made of.</summary>
    public static (PersonId Learner, OrganizationId Organization) PairOf(string id) => id.Split('.') is [var learner, var organization]
        ? (PersonId.From(learner), OrganizationId.From(organization))
        : throw new FormatException("A learner and an organization are expected, parted by a dot.");

    /// <summary>The id under which the organization speaks of the learner, added to <paramref name="changes"/> when it is the first time.</summary>
    public static async Task<string> SubjectAsync(IDocumentStore store, PersonId learner, OrganizationId organization, Changes changes, CancellationToken cancellationToken)
    {
        var id = IdOf(learner, organization);
        if (changes.Documents.FirstOrDefault(change => change.Kind == Kind && change.Id == id)?.Document is LearnerPseudonym added)
        {
            return added.SubjectId;
        }

        if (await store.FindAsync(Kind, id, cancellationToken) is { } known)
        {
            return known.Document.SubjectId;
        }

        var pseudonym = LearnerPseudonym.New(learner, organization);
        changes.Add(Kind, pseudonym);
        return pseudonym.SubjectId;
    }
}
