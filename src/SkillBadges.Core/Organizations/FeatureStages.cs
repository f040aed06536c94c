namespace SkillBadges.Core.Organizations;

/// <summary>
/// What a district brings in step by step, each by itself: alignments to standards, levels, and the record across schools. A stage that is
/// off hides and asks less; it never changes what a badge means or what was decided.
/// </summary>
public static class FeatureStages
{
    /// <summary>Whether alignments to frameworks are shown and asked for there.</summary>
    /// <exception cref="RefusedException"><c>organization.not-found</c>.</exception>
    public static async Task<bool> UsesStandardsAsync(this EffectiveSettings settings, OrganizationId organization, CancellationToken cancellationToken) =>
        (await settings.ReadAsync(organization, values => values.Standards, cancellationToken)).Value;

    /// <exception cref="RefusedException"><c>stage.scales-off</c>.</exception>
    public static async Task RequireScalesAsync(this EffectiveSettings settings, OrganizationId organization, CancellationToken cancellationToken)
    {
        if (!(await settings.ReadAsync(organization, values => values.Scales, cancellationToken)).Value)
        {
            throw Refused.Forbidden("stage.scales-off", "Levels are not used at this school yet; please leave them out.");
        }
    }

    /// <exception cref="RefusedException"><c>stage.reporting-off</c>.</exception>
    public static async Task RequireReportingAsync(this EffectiveSettings settings, OrganizationId organization, CancellationToken cancellationToken)
    {
        if (!(await settings.ReadAsync(organization, values => values.Reporting, cancellationToken)).Value)
        {
            throw Refused.Forbidden("stage.reporting-off", "This school does not use the record yet. Learners and their families see it as ever.");
        }
    }

    /// <exception cref="RefusedException"><c>peer-review.off</c>.</exception>
    public static async Task RequirePeerFeedbackAsync(this EffectiveSettings settings, OrganizationId organization, CancellationToken cancellationToken)
    {
        if (!(await settings.ReadAsync(organization, values => values.PeerFeedback, cancellationToken)).Value)
        {
            throw Refused.Forbidden("peer-review.off", "This school does not have classmates look at each other's work.");
        }
    }
}
