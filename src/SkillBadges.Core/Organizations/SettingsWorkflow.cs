using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Organizations;

/// <summary>An organization's administrator says what holds there.</summary>
public sealed class SettingsWorkflow(Commits commits, Authority authority, TimeProvider clock)
{
    /// <summary>Takes the place of all that the organization had set itself; what is left out is inherited again.</summary>
    /// <param name="actor">Administers the organization, or the state.</param>
    /// <param name="organization">Where the values hold, and below it.</param>
    /// <param name="values">Its own values.</param>
    /// <param name="ifMatch">The version that the actor read; 0 when there was none, null to write over whatever is there.</param>
    /// <param name="cancellationToken">Stops between attempts.</param>
    /// <returns>The version written.</returns>
    /// <exception cref="RefusedException"><c>organization.not-found</c>, <c>role.missing</c>, <c>request.stale</c>, and those of <see cref="SettingValues.Checked"/>.</exception>
    public Task<long> SetAsync(Actor actor, OrganizationId organization, SettingValues values, long? ifMatch, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var at = await commits.Store.GetAsync(OrganizationDocuments.Kind, organization.Value, "organization", attemptToken);
            var admin = await authority.RequireOrStateAsync(actor, organization, Offices.Administrators, attemptToken);
            var settings = new OrganizationSettings(organization, values.Checked());
            var earlier = await commits.Store.FindAsync(OrganizationSettingsDocuments.Kind, organization.Value, attemptToken)
                ?? new Read<OrganizationSettings>(settings, organization.Value, 0);
            earlier.MustBe(ifMatch);
            var changes = new Changes().Require(OrganizationDocuments.Kind, at).Require(MembershipDocuments.Kind, admin);
            if (settings.Values.DifferingFrom(earlier.Version == 0 ? new() : earlier.Document.Values) is { Count: > 0 } changed)
            {
                changes.Audit(organization, actor, ActKind.SettingsChanged, string.Join(' ', changed), clock.Now());
            }

            changes = earlier.Version == 0
                ? changes.Add(OrganizationSettingsDocuments.Kind, settings)
                : changes.Replace(OrganizationSettingsDocuments.Kind, earlier, settings);
            return new Outcome<long>(changes, earlier.Version + 1, organization.Value);
        },
        cancellationToken);
}
