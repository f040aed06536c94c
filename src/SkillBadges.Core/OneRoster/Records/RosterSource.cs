using System.Text.RegularExpressions;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.OneRoster.Records;

/// <summary>A system whose rosters an organization takes in, such as <c>sis</c>: sourcedIds mean something within it only.</summary>
public readonly partial record struct RosterSource(OrganizationId Organization, string Name)
{
    public string Value => $"{Organization.Value}/{Name}";

    /// <exception cref="RefusedException"><c>oneroster.source</c>.</exception>
    public static RosterSource Of(OrganizationId organization, string name) => name.Length <= 30 && organization.Value.Length <= 64 && NameForm().IsMatch(name)
        ? new(organization, name)
        : throw Refused.Invalid("oneroster.source", "A source is named by up to 30 lower-case letters, digits and single hyphens, such as sis.");

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.NonBacktracking)]
    private static partial Regex NameForm();
}
