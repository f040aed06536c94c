using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Papers;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Consents;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Talent;

/// <summary>
/// Whether employers may find a learner now: the learner's own consent, given as a known adult and not taken back. Where nobody has entered the day on which
/// rights pass, the yes or no that a school recorded for an internship counts; where there is neither, the answer is no, at a college too.
/// </summary>
public sealed class TalentGround(IDocumentStore store, RightsReading rights, TimeProvider clock)
{
    /// <summary>The learner's rights where employers may find them; null otherwise.</summary>
    public async Task<LearnerRights?> FindAsync(Read<Consent> consent, CancellationToken cancellationToken)
    {
        var (terms, now) = (consent.Document.Terms, clock.Now());
        if (terms.Recipient.Kind != RecipientKind.EmployerSearch || consent.Document.Withdrawal is not null || now >= terms.ExpiresAt || !terms.Records.Kinds.Contains(RecordKind.Levels))
        {
            return null;
        }

        var found = await rights.OfAsync(consent.Document.Learner, terms.Records.RecordKeeper, cancellationToken);
        var own = consent.Document.Grants.FirstOrDefault(grant => grant.Voice == ConsentVoice.Learner);
        return own is not null
            && !found.Learner.Document.IsClosed
            && consent.Document.StateAt(found.Voices(RecipientKind.EmployerSearch), now) == ConsentState.InForce
            && await AdultSinceAsync(found, cancellationToken) is { } since && found.RecordKeeper.DayOf(own.At) >= since
            ? found
            : null;
    }

    // The first day on which the learner is known to have been an adult. Whichever school entered the day on which rights pass: the latest of them, to be careful.
    private async Task<DateOnly?> AdultSinceAsync(LearnerRights found, CancellationToken cancellationToken)
    {
        var people = await store.FindManyAsync(PersonDocuments.Kind, [.. found.People.Select(person => person.Value)], cancellationToken);
        if (people.Select(read => read.Document.RightsPassOn).Max() is { } day)
        {
            return day;
        }

        var placements = await store.WholeAsync(PlacementDocuments.Kind, PlacementDocuments.ByLearner.WhereAny([.. found.People.Select(person => person.Value)]), cancellationToken);
        var papers = await store.FindAllAsync(PaperDocuments.Kind, placements.Items.Select(read => read.Id), cancellationToken);
        var answers = papers.Select(paper => paper.Age).OfType<AgeCheck>().ToList();

        // A minor of one internship may have come of age by another.
        return answers.Where(answer => !answer.IsMinor && answers.All(other => !other.IsMinor || other.CheckedOn <= answer.CheckedOn)).Select(answer => (DateOnly?)answer.CheckedOn).Min();
    }
}
