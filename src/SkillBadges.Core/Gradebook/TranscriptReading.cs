using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.Articulations;
using SkillBadges.Core.Gradebook.Courses;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Derived;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook;

/// <summary>Reads transcripts; who may see what, and what is written down about it, are as <see cref="GradebookReading"/> has them.</summary>
public sealed class TranscriptReading(IDocumentStore store, GradebookReading gradebook, CreditReading credits, CourseReading courses, TimeProvider clock)
{
    /// <summary>For the learner or a guardian.</summary>
    /// <param name="issuer">The school that hands it out, of those whose entries are seen; null for the one that decided last.</param>
    /// <exception cref="RefusedException"><c>learner.not-found</c>, <c>transcript.empty</c>, <c>transcript.issuer</c>.</exception>
    public async Task<Transcript> ForFamilyAsync(Actor actor, PersonId learner, OrganizationId? issuer, CancellationToken cancellationToken)
    {
        var view = await gradebook.ForFamilyAsync(actor, learner, cancellationToken);
        var taken = await courses.ForFamilyAsync(actor, learner, cancellationToken);
        var last = view.Lines.Where(line => line.Standing is not null).MaxBy(line => line.History[^1].DecidedAt)?.RecordKeeper ?? taken.MaxBy(course => course.At)?.RecordKeeper
            ?? throw Empty();
        return issuer is { } named && view.Lines.All(line => line.RecordKeeper != named) && taken.All(course => course.RecordKeeper != named)
            ? throw Refused.Invalid("transcript.issuer", "A transcript is handed out by a school that decided about this learner.")
            : await OfAsync(view, taken, issuer ?? last, cancellationToken);
    }

    /// <summary>For staff of a school that the learner attends, which hands it out.</summary>
    /// <param name="basis">Null shows the school's own entries only.</param>
    /// <exception cref="RefusedException"><c>learner.not-found</c>, <c>stage.reporting-off</c>, <c>transcript.empty</c>.</exception>
    public async Task<Transcript> ForSchoolAsync(Actor actor, OrganizationId school, PersonId learner, DisclosureBasis? basis, CancellationToken cancellationToken)
    {
        var all = await courses.StandingAsync(await store.SameLearnerAsync(learner, cancellationToken), cancellationToken);
        var taken = basis is null ? [.. all.Where(course => course.RecordKeeper == school)] : all;

        // Courses that other schools keep are in the same row as what those schools decided.
        var view = await gradebook.ForSchoolAsync(actor, school, learner, basis, new(DisclosureDoor.Transcript) { AlsoShown = [.. taken.Select(course => (course.RecordKeeper, course.Learner))] }, cancellationToken);
        return view.Lines.Any(line => line.Standing is not null) || taken.Length > 0
            ? await OfAsync(view with { Withheld = view.Withheld + all.Length - taken.Length }, taken, school, cancellationToken)
            : throw Empty();
    }

    private static RefusedException Empty() => Refused.Conflict("transcript.empty", "Nothing was decided yet that a transcript could show.");

    private async Task<Transcript> OfAsync(GradebookView view, ImmutableArray<CourseRecord> taken, OrganizationId issuer, CancellationToken cancellationToken)
    {
        var ids = view.Lines.Select(line => line.RecordKeeper.Value).Concat(taken.Select(course => course.RecordKeeper.Value)).Append(issuer.Value).Distinct(StringComparer.Ordinal).ToList();
        var keepers = (await store.FindManyAsync(OrganizationDocuments.Kind, ids, cancellationToken)).ToDictionary(read => read.Document.Id, read => read.Document);
        var awards = await AwardsAsync(view, cancellationToken);
        var versions = view.Lines.Select(line => line.Competency.Badge).Concat(awards.Select(award => award.Badge)).Select(badge => badge.ToString()).Distinct(StringComparer.Ordinal).ToList();
        var badges = (await store.FindAllAsync(DefinitionDocuments.Versions, versions, cancellationToken)).ToDictionary(badge => badge.Id);
        var digests = view.Lines.Select(line => line.Scale.Digest.Hex).Distinct(StringComparer.Ordinal).ToList();
        var scales = (await store.FindAllAsync(ScaleSnapshotDocuments.Kind, digests, cancellationToken)).ToDictionary(snapshot => snapshot.Digest, snapshot => snapshot.Scale);
        var earned = new List<TranscriptAward>();
        foreach (var award in awards.Where(award => badges.ContainsKey(award.Badge)))
        {
            var levels = award.Levels.ToDictionary(level => level.Competency, level => level.Level, StringComparer.Ordinal);
            earned.Add(new(award, [.. await credits.OfAsync(badges[award.Badge], levels, award.Organization, award.AwardedAt, cancellationToken)]));
        }

        var learner = (await store.GetAsync(PersonDocuments.Kind, view.Learner.Value, "learner", cancellationToken)).Document;
        var people = await store.NamesAsync(taken.Select(course => course.By).Distinct(), cancellationToken);
        return Transcript.Of(view, learner, keepers[issuer], keepers, earned, badges, scales, clock.Now()).WithStacks(await StacksAsync(view, cancellationToken), keepers).WithCourses(taken, keepers.ToDictionary(keeper => keeper.Key, keeper => keeper.Value.Name), people);
    }

    // Of the schools whose entries are seen, those that are signed and neither taken back nor on hold.
    private async Task<IReadOnlyList<Award>> AwardsAsync(GradebookView view, CancellationToken cancellationToken)
    {
        var people = await store.SameLearnerAsync(view.Learner, cancellationToken);
        var seen = SchoolsIn(view);
        var page = await store.WholeAsync(AwardDocuments.Kind, AwardDocuments.ByLearner.WhereAny([.. people.Select(person => person.Value)]), cancellationToken);
        var issued = page.Documents.Where(award => award.State == AwardState.Issued && seen.Contains(award.Organization)).ToList();
        var marked = await MarkedAsync(issued.Select(award => award.Credential), cancellationToken);
        return [.. issued.Where(award => !marked.Contains(award.Credential))];
    }

    // Of the same schools, by the same rule.
    private async Task<IReadOnlyCollection<DerivedCredential>> StacksAsync(GradebookView view, CancellationToken cancellationToken)
    {
        var seen = SchoolsIn(view);
        var issued = (await store.StacksOfAsync(await store.SameLearnerAsync(view.Learner, cancellationToken), cancellationToken)).Where(one => seen.Contains(one.Organization)).ToList();
        var marked = await MarkedAsync(issued.Select(one => one.Credential), cancellationToken);
        return [.. issued.Where(one => !marked.Contains(one.Credential))];
    }

    private static HashSet<OrganizationId> SchoolsIn(GradebookView view) => [.. view.Lines.Select(line => line.RecordKeeper)];

    private async Task<HashSet<CredentialId>> MarkedAsync(IEnumerable<CredentialId> credentials, CancellationToken cancellationToken) =>
        [.. (await store.FindAllAsync(CredentialStatusDocuments.Kind, [.. credentials.Select(credential => credential.Value)], cancellationToken)).Where(status => !status.IsGood).Select(status => status.Credential)];
}
