using System.Collections.Immutable;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Profiles;

namespace SkillBadges.Core.Gradebook.Plans;

/// <summary>Begins a plan with what is there: badges that are begun, and the goals that the learner's profile shows whoever opens it.</summary>
public sealed class PlanPrefill(GradebookReading gradebook, ProfileWorkflow profiles)
{
    /// <param name="opener">Whose lines they are, but for goals of the profile, which keep their author.</param>
    /// <param name="actor">Who opens the plan: what it begins with is what the actor may see.</param>
    /// <param name="learner">Whose plan it is.</param>
    /// <param name="school">Where.</param>
    /// <param name="period">The period of the targets; null for an empty plan.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="RefusedException"><c>stage.reporting-off</c>.</exception>
    public async Task<PlanContent> OfAsync(PlanAuthor opener, Actor actor, PersonId learner, OrganizationId school, string? period, CancellationToken cancellationToken)
    {
        var targets = period is null ? [] : await BegunAsync(actor, opener.Voice, learner, school, period, cancellationToken);
        var content = new PlanContent(null, [], targets).WrittenOver(PlanContent.Empty, opener);
        return period is null ? content : content with { Goals = await GoalsAsync(actor, learner, school, cancellationToken) };
    }

    // From what the writer may see of the record.
    private async Task<ImmutableArray<PlanTarget>> BegunAsync(Actor actor, PlanVoice voice, PersonId learner, OrganizationId school, string period, CancellationToken cancellationToken)
    {
        var record = voice == PlanVoice.Adviser
            ? await gradebook.ForSchoolAsync(actor, school, learner, basis: null, cancellationToken)
            : await gradebook.ForFamilyAsync(actor, learner, cancellationToken);
        var begun = record.Lines.GroupBy(line => line.Competency.Badge.Slug, StringComparer.Ordinal).Where(badge => badge.Any(line => line.Standing is not { IsSufficient: true })).Select(badge => badge.Key);
        return [.. begun.Order(StringComparer.Ordinal).Take(PlanContent.MaxLines).Select(slug => new PlanTarget($"begun-{slug}"[..Math.Min(64, slug.Length + 6)], period, slug))];
    }

    private async Task<ImmutableArray<PlanGoal>> GoalsAsync(Actor actor, PersonId learner, OrganizationId school, CancellationToken cancellationToken)
    {
        var seen = await profiles.ReadAsync(actor, learner, school, cancellationToken);
        var lines = seen.Audience is { } audience ? seen.Profile.For(audience) : seen.Profile.Lines;
        return
        [
            .. lines.Where(line => line.Block == ProfileBlock.Goals).Take(PlanContent.MaxLines).Select((line, i) => new PlanGoal(
                FormattableString.Invariant($"profile-{i + 1}"), line.Text, null, new(line.Author!.Person, VoiceOf(line.Author.Voice), line.Author.At))),
        ];
    }

    private static PlanVoice VoiceOf(ProfileVoice voice) => voice switch
    {
        ProfileVoice.Learner => PlanVoice.Learner,
        ProfileVoice.Family => PlanVoice.Family,
        _ => PlanVoice.Adviser,
    };
}
