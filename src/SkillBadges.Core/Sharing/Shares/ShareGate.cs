using System.Collections.Immutable;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Derived;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Consents;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Shares;

/// <summary>What one school's record gives to a link, and why it may.</summary>
/// <param name="Consent">Null where the learner's own act is enough.</param>
public sealed record ShareGround(LearnerRights Rights, Read<Consent>? Consent, ImmutableArray<Award> Awards, bool WithLevels)
{
    public ImmutableArray<DerivedCredential> Stacks { get; init; } = [];

    /// <summary>How many credentials it shows.</summary>
    public int Credentials => Awards.Length + Stacks.Length;

    /// <summary>What it rests on must still be so at the commit.</summary>
    public void Require(Changes changes)
    {
        changes.Require(PersonDocuments.Kind, Rights.Learner);
        if (Consent is not null)
        {
            changes.Require(ConsentDocuments.Kind, Consent);
        }
    }
}

/// <summary>Whether a link may show what it names, school by school, at this moment: asked when it is made and each time that it is opened.</summary>
public sealed class ShareGate(IDocumentStore store, ConsentReading consents)
{
    /// <exception cref="RefusedException">
    /// <c>award.not-found</c> or <c>learner.not-found</c>: not the learner's; <c>share.consent-missing</c>, <c>consent.age-unknown</c>, <c>consent.too-young</c>.
    /// </exception>
    public async Task<IReadOnlyList<ShareGround>> GroundsAsync(PersonId learner, ShareScope scope, CancellationToken cancellationToken)
    {
        var self = await store.GetAsync(PersonDocuments.Kind, learner.Value, "learner", cancellationToken);
        var people = (await consents.Rights.PeopleAsync(self.Document, cancellationToken)).Select(person => person.Id).ToList();
        var awards = (await store.FindManyAsync(AwardDocuments.Kind, [.. scope.Awards.Select(award => award.Value)], cancellationToken)).Select(read => read.Document).ToList();
        if (awards.Count != scope.Awards.Length || awards.Any(award => !people.Contains(award.Learner) || award.State is AwardState.Signing or AwardState.Cancelled))
        {
            throw Refused.NotFound("award");
        }

        var stacks = (await store.FindManyAsync(DerivedDocuments.Kind, [.. scope.Stacks.Select(stack => stack.Value)], cancellationToken)).Select(read => read.Document).ToList();
        if (stacks.Count != scope.Stacks.Length || stacks.Any(stack => !people.Contains(stack.Learner) || stack is not { Kind: DerivedKind.Stack, IssuedAt: not null }))
        {
            throw Refused.NotFound("award");
        }

        var grounds = new List<ShareGround>();
        foreach (var keeper in awards.Select(award => award.Organization).Concat(stacks.Select(stack => stack.Organization)).Concat(scope.Levels).Distinct())
        {
            var own = awards.Where(award => award.Organization == keeper).ToImmutableArray();
            var whole = stacks.Where(stack => stack.Organization == keeper).ToImmutableArray();
            PersonId[] holders = [.. own.Select(award => award.Learner), .. whole.Select(stack => stack.Learner)];
            grounds.Add(await GroundAsync(holders is [var first, ..] ? [first] : people, keeper, own, whole, scope, cancellationToken));
        }

        return grounds;
    }

    private async Task<ShareGround> GroundAsync(
        IReadOnlyList<PersonId> people, OrganizationId keeper, ImmutableArray<Award> awards, ImmutableArray<DerivedCredential> stacks, ShareScope scope, CancellationToken cancellationToken)
    {
        var rights = await RightsAsync(people, keeper, cancellationToken);
        var needed = rights.RequireVoices(RecipientKind.ShareLink);
        var withLevels = scope.Levels.Contains(keeper);
        if (needed is [ConsentVoice.Learner])
        {
            return new(rights, null, awards, withLevels) { Stacks = stacks };
        }

        List<RecordKind> kinds = [];
        kinds.AddRange(awards.IsEmpty && stacks.IsEmpty ? [] : [RecordKind.Credentials]);
        kinds.AddRange(withLevels ? [RecordKind.Levels] : []);
        kinds.AddRange(scope.WithEvidence ? [RecordKind.Evidence] : []);
        kinds.AddRange(scope.WithName ? [RecordKind.Name] : []);

        // A stack is no single badge: only a consent about all badges covers its award.
        var badges = withLevels || !stacks.IsEmpty ? [] : awards.Select(award => award.Badge.Slug).Distinct(StringComparer.Ordinal).ToArray();
        var consent = await consents.FindHoldingAsync(rights, new(RecipientKind.ShareLink), kinds, badges, cancellationToken)
            ?? throw Refused.Forbidden("share.consent-missing", "A link of somebody under 18 needs the student's and a guardian's consent for all that it shows.");
        return new(rights, consent, awards, withLevels) { Stacks = stacks };
    }

    private async Task<LearnerRights> RightsAsync(IReadOnlyList<PersonId> people, OrganizationId keeper, CancellationToken cancellationToken)
    {
        foreach (var person in people)
        {
            var roles = await store.WholeAsync(MembershipDocuments.Kind, MembershipDocuments.ByPersonAt.Where(person.Value, keeper.Value), cancellationToken);
            if (roles.Documents.Any(membership => Offices.Learners.Contains(membership.Role)))
            {
                return await consents.Rights.OfAsync(person, keeper, cancellationToken);
            }
        }

        throw Refused.NotFound("learner");
    }
}
