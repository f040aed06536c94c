using System.Collections.Immutable;
using System.Text;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials.OpenBadges;

namespace SkillBadges.Core.Issuing.Endorsements;

/// <summary>An endorsement with what was signed; null while it is being signed.</summary>
public sealed record SignedEndorsement(Read<Endorsement> Read, SignedForm? Json);

/// <summary>
/// The endorsements of a badge version, for whoever embeds or shows them. They travel as JSON with their own proof in every form of an award: all forms
/// say the same, and most verifiers lack <c>endorsementJwt</c> in their Open Badges context.
/// </summary>
public static class BadgeEndorsements
{
    /// <summary>More organizations than may write one badge, each twice.</summary>
    public const int Most = 80;

    public static async Task<ImmutableArray<SignedEndorsement>> OfAsync(IDocumentStore store, BadgeVersionId badge, CancellationToken cancellationToken)
    {
        var endorsements = await store.EndorsementsAsync(badge, cancellationToken);
        if (endorsements.Count == 0)
        {
            return [];
        }

        var kept = (await store.FindManyAsync(SignedCredentialDocuments.Kind, [.. endorsements.Select(read => read.Id)], cancellationToken)).ToDictionary(read => read.Id, read => read.Document);
        return [.. endorsements.Select(read => new SignedEndorsement(read, kept.GetValueOrDefault(read.Id)?.Form(SignedForm.EddsaRdfc2022)))];
    }

    /// <summary>Those that count now, to be embedded; the commit they go into fails when one is withdrawn meanwhile.</summary>
    public static async Task<ImmutableArray<VerbatimJson>> EmbeddableAsync(IDocumentStore store, BadgeVersionId badge, Changes changes, CancellationToken cancellationToken)
    {
        var embedded = ImmutableArray.CreateBuilder<VerbatimJson>();
        foreach (var endorsement in await OfAsync(store, badge, cancellationToken))
        {
            if (endorsement is { Read.Document.State: EndorsementState.Issued, Json: { } json })
            {
                changes.Require(EndorsementDocuments.Kind, endorsement.Read);
                embedded.Add(new(Encoding.UTF8.GetBytes(json.Text)));
            }
        }

        return embedded.ToImmutable();
    }
}
