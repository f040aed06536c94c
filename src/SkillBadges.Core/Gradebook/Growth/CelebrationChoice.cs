using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Growth;

/// <summary>Whether a learner's rises are named in lists that celebrate them. Either the learner or the family may say no, and each takes back only their own no.</summary>
public sealed record CelebrationChoice(PersonId Learner)
{
    public bool LearnerOptedOut { get; init; }

    public bool FamilyOptedOut { get; init; }

    public bool IsOptedOut => LearnerOptedOut || FamilyOptedOut;
}

public static class CelebrationDocuments
{
    /// <summary>There is none for a learner of whom nobody said anything.</summary>
    public static readonly DocumentKind<CelebrationChoice> Kind = new("celebration_choice", choice => choice.Learner.Value);
}

/// <summary>The learner's or the family's say over being celebrated.</summary>
public sealed class CelebrationWorkflow(Commits commits, FamilyRights family, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <exception cref="RefusedException"><c>learner.not-found</c>: neither the learner nor a guardian who holds the rights.</exception>
    public async Task<CelebrationChoice> ReadAsync(Actor actor, PersonId learner, CancellationToken cancellationToken)
    {
        await FindAsync(actor, learner, new Changes(), cancellationToken);
        return (await store.FindAsync(CelebrationDocuments.Kind, learner.Value, cancellationToken))?.Document ?? new(learner);
    }

    /// <summary>Sets the say of who asks, and leaves the other's.</summary>
    /// <exception cref="RefusedException"><c>learner.not-found</c>.</exception>
    public Task<CelebrationChoice> SetAsync(Actor actor, PersonId learner, bool optedOut, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var changes = new Changes();
            var isFamily = await FindAsync(actor, learner, changes, attemptToken);
            var earlier = await store.FindAsync(CelebrationDocuments.Kind, learner.Value, attemptToken);
            var choice = earlier?.Document ?? new(learner);
            choice = isFamily ? choice with { FamilyOptedOut = optedOut } : choice with { LearnerOptedOut = optedOut };
            return new Outcome<CelebrationChoice>(
                earlier is null ? changes.Add(CelebrationDocuments.Kind, choice) : changes.Replace(CelebrationDocuments.Kind, earlier, choice), choice, learner.Value);
        },
        cancellationToken);

    // True for the family, false for the learner; what the family's right rests on is required in the commit.
    private async Task<bool> FindAsync(Actor actor, PersonId learner, Changes changes, CancellationToken cancellationToken)
    {
        var people = await store.SameLearnerAsync(learner, cancellationToken);
        if (people.Contains(actor.Person) && !actor.IsLimited && await store.FindAsync(PersonDocuments.Kind, learner.Value, cancellationToken) is not null)
        {
            return false;
        }

        var keepers = await family.RecordKeepersAsync(actor, [learner], cancellationToken);
        var now = clock.Now();
        var guardians = await store.WholeAsync(GuardianshipDocuments.Kind, GuardianshipDocuments.ByLearner.Where(learner.Value), cancellationToken);
        var holding = guardians.Items.FirstOrDefault(read => read.Document.Guardian == actor.Person && read.Document.HoldsAt(now) && keepers.Contains(read.Document.RecordKeeper)) ?? throw Refused.NotFound("learner");
        changes.Require(GuardianshipDocuments.Kind, holding);
        return true;
    }
}
