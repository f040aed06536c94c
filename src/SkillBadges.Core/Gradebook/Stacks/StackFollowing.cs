using SkillBadges.Core.Gradebook.Joins;
using SkillBadges.Core.Gradebook.Recognitions;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Derived;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Stacks;

/// <summary>
/// A stack's award stands as long as what it rests on, and as long as that is one learner's: it falls with a badge that is taken back or turns out to be another learner's, rests with one on hold, and
/// whoever relied on it is told.
/// </summary>
public sealed class StackFollowing(Commits commits, DerivedStanding standing, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <summary>The status of a credential changed. Handles <see cref="IssuingTopics.StatusChanged"/>; doing it again changes nothing.</summary>
    public async Task FollowAsync(CredentialId credential, CancellationToken cancellationToken)
    {
        await foreach (var found in store.AllAsync(DerivedDocuments.Kind, DerivedDocuments.ByRestsOn.Where(credential.Value), cancellationToken))
        {
            await CheckAsync(found.Document, cancellationToken);
        }
    }

    /// <summary>Looks at every stack's award of a learner at an organization; again is harmless.</summary>
    public async Task FollowLearnerAsync(PersonId learner, OrganizationId organization, CancellationToken cancellationToken)
    {
        string[] people = [.. (await store.SameLearnerAsync(learner, cancellationToken)).Select(person => person.Value)];
        await foreach (var found in store.AllAsync(DerivedDocuments.Kind, DerivedDocuments.ByLearner.WhereAny(people), cancellationToken))
        {
            if (found.Document.Organization == organization)
            {
                await CheckAsync(found.Document, cancellationToken);
            }
        }
    }

    /// <summary>Records were joined or taken apart: an award that rests on what is another learner's falls. Handles <see cref="RecognitionDocuments.Topic"/>; again is harmless.</summary>
    public async Task LookAgainAsync(PersonId learner, CancellationToken cancellationToken)
    {
        await foreach (var found in store.AllAsync(DerivedDocuments.Kind, DerivedDocuments.ByLearner.Where(learner.Value), cancellationToken))
        {
            await CheckAsync(found.Document, cancellationToken);
        }
    }

    private Task CheckAsync(DerivedCredential found, CancellationToken cancellationToken) => found is not { Kind: DerivedKind.Stack, IsLive: true } ? Task.CompletedTask : commits.RunAsync(
        async token =>
        {
            var changes = new Changes();
            var read = await store.GetAsync(DerivedDocuments.Kind, found.Credential.Value, "award", token);
            if (read.Document.IsLive)
            {
                await ApplyAsync(read, changes, token);
            }

            return new Outcome<bool>(changes, true, read.Id);
        },
        cancellationToken);

    private async Task ApplyAsync(Read<DerivedCredential> read, Changes changes, CancellationToken cancellationToken)
    {
        var marks = (Revoked: (PersonId?)null, Suspended: (PersonId?)null);
        foreach (var member in await store.FindManyAsync(CredentialStatusDocuments.Kind, [.. read.Document.RestsOn.Select(id => id.Value)], cancellationToken))
        {
            changes.Require(CredentialStatusDocuments.Kind, member);
            marks = (marks.Revoked ?? member.Document.Revoked?.By, marks.Suspended ?? member.Document.Suspended?.By);
        }

        foreach (var member in await store.FindManyAsync(RecognitionDocuments.Kind, [.. read.Document.Recognitions], cancellationToken))
        {
            changes.Require(RecognitionDocuments.Kind, member);
            var brought = member.Document.Steps.Select(step => step.By).LastOrDefault(by => by is not null) ?? member.Document.BroughtBy;
            marks = (marks.Revoked ?? (member.Document.Counts ? null : brought), marks.Suspended ?? (member.Document.State == RecognitionState.OnHold ? brought : null));
        }

        var now = clock.Now();
        var people = await store.SameLearnerInAsync(read.Document.Learner, changes, cancellationToken);
        if ((await HoldersAsync(read.Document, cancellationToken)).Any(holder => !people.Contains(holder)))
        {
            var split = await store.QueryAsync(JoinSplitDocuments.Kind, JoinSplitDocuments.ByPerson.Where(read.Document.Learner.Value).Descending().Take(1), cancellationToken);
            var apart = new StatusMark(now, split.Items is [var last] ? last.Document.By : read.Document.Learner, "Records were taken apart, and a part of what it rests on is another learner's.");
            await standing.EndAsync(read, apart, changes, cancellationToken);
            return;
        }

        await (marks switch
        {
            ({ } by, _) => standing.EndAsync(read, new(now, by, "A badge that it rests on was taken back."), changes, cancellationToken),
            (_, { } by) => standing.SuspendAsync(read, new(now, by, "A badge that it rests on was put on hold."), changes, cancellationToken),
            _ => standing.ReinstateAsync(read, now, "Every badge that it rests on stands again.", changes, cancellationToken),
        });
    }

    // In whose records what it rests on lies.
    private async Task<IReadOnlyCollection<PersonId>> HoldersAsync(DerivedCredential derived, CancellationToken cancellationToken)
    {
        var awards = new List<Award>();
        foreach (var credential in derived.RestsOn)
        {
            awards.AddRange((await store.QueryAsync(AwardDocuments.Kind, AwardDocuments.ByCredential.Where(credential.Value).Take(1), cancellationToken)).Documents);
        }

        var recognized = await store.FindManyAsync(RecognitionDocuments.Kind, derived.Recognitions, cancellationToken);
        var cards = await store.FindManyAsync(StackCertificateDocuments.Kind, derived.Certificates, cancellationToken);
        return [.. awards.Select(award => award.Learner), .. recognized.Select(known => known.Document.Learner), .. cards.Select(card => card.Document.Learner)];
    }
}
