using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Gradebook.Recognitions;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Derived;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Stacks;

/// <summary>
/// Issues a stack's own award when the last of what it asks for is there, once. It is told of everything that may complete a stack, looks again and
/// decides in one commit that requires each badge to stand, so that repeats, crashes and several nodes come to one award.
/// </summary>
public sealed class StackAwarding(Commits commits, DerivedIssuance issuance, InstanceAddress address, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;
    private readonly StackHolding holding = new(commits.Store);

    /// <summary>Does what is left to do for a learner at an organization; handles <see cref="IssuingTopics.Stacks"/>, and again is harmless.</summary>
    public async Task BringUpToDateAsync(PersonId learner, OrganizationId organization, CancellationToken cancellationToken)
    {
        var people = await store.SameLearnerAsync(learner, cancellationToken);
        foreach (var stack in await BegunAsync(people, organization, cancellationToken))
        {
            await AwardAsync(learner, organization, stack, cancellationToken);
        }
    }

    /// <summary>The same wherever the learner holds something, since records were joined or taken apart: what two held together may be whole, or one of them may hold it all. Handles <see cref="RecognitionDocuments.Topic"/>.</summary>
    public async Task LookAgainAsync(PersonId learner, CancellationToken cancellationToken)
    {
        var people = await store.SameLearnerAsync(learner, cancellationToken);
        foreach (var organization in await holding.OrganizationsAsync(people, cancellationToken))
        {
            await BringUpToDateAsync(learner, organization, cancellationToken);
        }
    }

    /// <summary>The same for the learner and the organization of an award whose status changed: one that stands again may be the last that was missing.</summary>
    public async Task FollowAsync(CredentialId credential, CancellationToken cancellationToken)
    {
        if (await store.FirstAsync(AwardDocuments.Kind, AwardDocuments.ByCredential.Where(credential.Value), cancellationToken) is { Document: var award })
        {
            await BringUpToDateAsync(award.Learner, award.Organization, cancellationToken);
        }
    }

    /// <summary>How far the learner is with each stack that is begun there and awards itself, by slug.</summary>
    /// <exception cref="RefusedException"><c>organization.not-found</c>.</exception>
    public async Task<IReadOnlyList<StackStanding>> BegunStandingsAsync(PersonId learner, OrganizationId organization, CancellationToken cancellationToken)
    {
        var people = await store.SameLearnerAsync(learner, cancellationToken);
        var school = (await store.GetAsync(OrganizationDocuments.Kind, organization.Value, "organization", cancellationToken)).Document;
        var standings = new List<StackStanding>();
        foreach (var stack in await BegunAsync(people, organization, cancellationToken))
        {
            standings.Add(await StandingAsync(people, school, await store.CurrentStackAsync(stack, new(), cancellationToken), new(), cancellationToken));
        }

        return standings;
    }

    private async Task<IReadOnlyCollection<string>> BegunAsync(ImmutableArray<PersonId> people, OrganizationId organization, CancellationToken cancellationToken)
    {
        var slugs = (await holding.ReadAsync(people, organization, null, new(), cancellationToken)).Select(held => held.Badge.Slug).Distinct(StringComparer.Ordinal).ToArray();
        var stacks = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var some in slugs.Chunk(DocumentQuery<StackHead>.MaxFirstValues))
        {
            await foreach (var head in store.AllAsync(StackDocuments.Heads, StackDocuments.ByAwardedFor.WhereAny(some), cancellationToken))
            {
                stacks.Add(head.Document.Slug);
            }
        }

        return stacks;
    }

    private Task<bool> AwardAsync(PersonId learner, OrganizationId organization, string slug, CancellationToken cancellationToken) => commits.RunAsync(
        async token =>
        {
            var (changes, now) = (new Changes(), clock.Now());
            var school = (await store.GetAsync(OrganizationDocuments.Kind, organization.Value, "organization", token)).Document;
            var people = await store.SameLearnerInAsync(learner, changes, token);
            var stack = await store.CurrentStackAsync(slug, changes, token);
            var standing = await StandingAsync(people, school, stack, changes, token);
            if (stack.Award is null || !standing.IsWhole || !await IsDueAsync(people, standing, changes, token))
            {
                return new Outcome<bool>(new(), false, slug);
            }

            var names = (await store.FindAllAsync(DefinitionDocuments.Heads, stack.Badges.Select(badge => badge.Slug), token)).ToDictionary(head => head.Slug, head => head.Name, StringComparer.Ordinal);
            var derived = await issuance.PrepareAsync(
                new(
                    school, HolderOf(standing, people), DerivedKind.Stack, slug, stack.Id.ToString(), StackAchievement.Of(stack, names, address), [.. standing.Badges.Select(held => held.Credential).OfType<CredentialId>()],
                    [.. standing.Badges.Select(held => new MemberEvidence(held.Credential, held.Badge.Name, held.From))], now)
                {
                    Recognitions = [.. standing.Badges.Select(held => held.Recognition).OfType<string>()],
                    Certificates = [.. standing.Certificates.Select(seen => seen.Written).OfType<string>()],
                    ValidUntil = standing.ValidUntil,
                },
                changes,
                token);
            changes.Notify(derived.Learner, NoticeKind.StackEarned, derived.Credential.Value, now);
            return new(changes, true, slug);
        },
        cancellationToken);

    // Where several people are the learner: whoever of them holds something of it, the same one whoever looks, so that two who look at once come to one award.
    private static PersonId HolderOf(StackStanding standing, ImmutableArray<PersonId> people) => people.First(person => standing.Badges.Any(held => held.Holder == person));

    // Nobody holds it, or the one that is held runs out before this one would and gives way.
    private async Task<bool> IsDueAsync(ImmutableArray<PersonId> people, StackStanding standing, Changes changes, CancellationToken cancellationToken)
    {
        foreach (var person in people)
        {
            if (await store.FirstAsync(DerivedDocuments.Kind, DerivedDocuments.Live.Where(person.Value, nameof(DerivedKind.Stack), standing.Stack.Slug), cancellationToken) is { } held)
            {
                if (held.Document is not { State: DerivedState.Issued, ValidUntil: { } end } || standing.ValidUntil <= end)
                {
                    return false;
                }

                changes.Replace(DerivedDocuments.Kind, held, held.Document with { State = DerivedState.Replaced });
            }
        }

        return true;
    }

    private async Task<StackStanding> StandingAsync(ImmutableArray<PersonId> people, Organization school, BadgeStack stack, Changes changes, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var held = await holding.ReadAsync(people, school.Id, stack.Badges.Select(badge => badge.Slug).ToHashSet(StringComparer.Ordinal), changes, cancellationToken);
        var seen = await store.FindAllAsync(
            StackCertificateDocuments.Kind,
            people.SelectMany(person => stack.Certificates.Select(one => StackCertificateDocuments.IdOf(person, school.Id, stack.Slug, one.Id))), cancellationToken);
        return StackStanding.Of(stack, held, [.. seen.Select(one => one.Seen)], now, school.DayOf(now));
    }
}
