using SkillBadges.Core.Organizations;
using SkillBadges.Core.Reporting.Files;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Reporting.Checking;

/// <summary>Checks a file that an office sends; nothing of it is kept.</summary>
public sealed class StateFileChecking(Authority authority, StateLayoutReading layouts, IPartialFiles files, TimeProvider clock)
{
    public const long MaxBytes = 200L * 1024 * 1024;

    /// <param name="actor">Of the organization's office.</param>
    /// <param name="organization">Whose layouts are meant.</param>
    /// <param name="layout">Id of a layout of the organization or of one above it, or the name of one that comes with the product.</param>
    /// <param name="content">The CSV.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>state-layout.not-found</c>, <c>state-file.too-large</c>, <c>file.store-full</c>, <c>file.store-failed</c>.</exception>
    public async Task<StateFileReport> RunAsync(Actor actor, OrganizationId organization, string layout, Stream content, CancellationToken cancellationToken)
    {
        await authority.RequireAsync(actor, organization, Offices.Registry, cancellationToken);
        var columns = await layouts.ColumnsAsync(organization, layout, cancellationToken);
        var part = NewId.Ordered(clock.Now());
        try
        {
            await files.KeepAsync(part, content, MaxBytes, () => Refused.Invalid("state-file.too-large", $"A file has at most {MaxBytes} bytes."), cancellationToken);
            await using var csv = files.OpenToRead(part)!;
            return StateFileCheck.Run(csv, columns, cancellationToken);
        }
        finally
        {
            files.Remove(part);
        }
    }
}
