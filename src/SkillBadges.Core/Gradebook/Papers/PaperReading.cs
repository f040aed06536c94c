using SkillBadges.Core.Evidence.Logs;
using SkillBadges.Core.Gradebook.Grades;
using SkillBadges.Core.Gradebook.Plans;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Papers;

/// <summary>Reads what the letter and the sheet are made of: for the learner and the family, or for staff of a school that the learner attends; always one school's own part.</summary>
public sealed class PaperReading(IDocumentStore store, TranscriptReading transcripts, GradeReading grading, LogReading logs, PlanAccess plans)
{
    /// <param name="actor">Who asks.</param>
    /// <param name="learner">Whose letter.</param>
    /// <param name="school">For staff, the school they act for; else null.</param>
    /// <param name="issuer">For the learner and the family, the school that hands it out; null for the one that decided last.</param>
    /// <param name="policy">A policy of that school or of an organization above it, or one version of it.</param>
    /// <param name="language">In which badges, skills and levels are named, where their authors translated them.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="RefusedException">Those of <see cref="TranscriptReading"/> and <see cref="GradeReading.ApplyAsync"/>.</exception>
    public async Task<ScholarshipLetter> LetterAsync(Actor actor, PersonId learner, OrganizationId? school, OrganizationId? issuer, string policy, string language, CancellationToken cancellationToken)
    {
        var record = await RecordAsync(actor, learner, school, issuer, cancellationToken);
        var graded = await grading.ApplyAsync(record, policy, cancellationToken);
        return ScholarshipLetter.Of(await store.TranslatedAsync(graded, language, cancellationToken), await HoursAsync(actor, record, cancellationToken));
    }

    /// <param name="actor">Who asks.</param>
    /// <param name="learner">Whose sheet.</param>
    /// <param name="school">For staff, the school they act for; else null.</param>
    /// <param name="issuer">For the learner and the family, the school; null for the one that decided last.</param>
    /// <param name="policy">Puts letters beside the levels; null for levels alone.</param>
    /// <param name="weeks">How far back rises are told.</param>
    /// <param name="language">As for <see cref="LetterAsync"/>.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="RefusedException"><c>paper.weeks</c>, and those of <see cref="LetterAsync"/>.</exception>
    public async Task<ConferenceSheet> SheetAsync(Actor actor, PersonId learner, OrganizationId? school, OrganizationId? issuer, string? policy, int weeks, string language, CancellationToken cancellationToken)
    {
        var record = await RecordAsync(actor, learner, school, issuer, cancellationToken);
        record = policy is null ? record : await grading.ApplyAsync(record, policy, cancellationToken);
        return ConferenceSheet.Of(await store.TranslatedAsync(record, language, cancellationToken), weeks, await GoalsAsync(actor, record, cancellationToken), await HoursAsync(actor, record, cancellationToken));
    }

    private async Task<Transcript> RecordAsync(Actor actor, PersonId learner, OrganizationId? school, OrganizationId? issuer, CancellationToken cancellationToken) => (school is { } own
        ? await transcripts.ForSchoolAsync(actor, own, learner, null, cancellationToken)
        : await transcripts.ForFamilyAsync(actor, learner, issuer, cancellationToken)).AtIssuerAlone();

    // The log is the learner's own account at this school, whichever of the learner's people keeps it there.
    private Task<IReadOnlyList<LogTotal>?> HoursAsync(Actor actor, Transcript record, CancellationToken cancellationToken) =>
        logs.FindTotalsAsync(actor, record.Learner, record.Issuer.Id, cancellationToken);

    private async Task<IReadOnlyList<string>> GoalsAsync(Actor actor, Transcript record, CancellationToken cancellationToken)
    {
        // Reading rests on nothing that a commit would have to require.
        if (await plans.FindAsync(actor, record.Learner, record.Issuer.Id, new Changes(), cancellationToken) is null)
        {
            return [];
        }

        var kept = await store.WholeAsync(PlanDocuments.Kind, PlanDocuments.ByLearner.Where(record.Learner.Value).Descending(), cancellationToken);
        return [.. kept.Documents.Where(plan => plan.Organization == record.Issuer.Id).Take(1).SelectMany(plan => plan.Content.Goals).Select(goal => goal.Text)];
    }
}
