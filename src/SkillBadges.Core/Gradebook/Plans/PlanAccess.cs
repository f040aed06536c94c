using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Plans;

/// <summary>Who writes and signs a learner's plan, and in whose voice.</summary>
public sealed class PlanAccess(IDocumentStore store, Authority authority, FamilyRights family, ClassTeaching teaching, TimeProvider clock)
{
    /// <param name="actor">Who asks.</param>
    /// <param name="learner">Whose plan it is.</param>
    /// <param name="school">Where.</param>
    /// <param name="changes">What the say rests on is required in these.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Null for everybody else.</returns>
    public async Task<PlanVoice?> FindAsync(Actor actor, PersonId learner, OrganizationId school, Changes changes, CancellationToken cancellationToken)
    {
        if (actor.IsLimited)
        {
            return null;
        }

        if ((await store.SameLearnerAsync(learner, cancellationToken)).Contains(actor.Person))
        {
            return PlanVoice.Learner;
        }

        if (await teaching.FindAsync(actor, learner, school, cancellationToken) is { } taught)
        {
            taught.RequireIn(changes);
            return PlanVoice.Adviser;
        }

        if (await authority.FindAsync(actor, school, Offices.Records, cancellationToken) is { } office)
        {
            changes.Require(MembershipDocuments.Kind, office);
            return PlanVoice.Adviser;
        }

        return await FindFamilyAsync(actor, learner, school, changes, cancellationToken) ? PlanVoice.Family : null;
    }

    private async Task<bool> FindFamilyAsync(Actor actor, PersonId learner, OrganizationId school, Changes changes, CancellationToken cancellationToken)
    {
        if (!(await family.RecordKeepersAsync(actor, [learner], cancellationToken)).Contains(school))
        {
            return false;
        }

        var now = clock.Now();
        var guardians = await store.WholeAsync(GuardianshipDocuments.Kind, GuardianshipDocuments.ByLearner.Where(learner.Value), cancellationToken);
        if (guardians.Items.FirstOrDefault(read => read.Document.Guardian == actor.Person && read.Document.RecordKeeper == school && read.Document.HoldsAt(now)) is not { } holding)
        {
            return false;
        }

        changes.Require(GuardianshipDocuments.Kind, holding);
        return true;
    }
}
