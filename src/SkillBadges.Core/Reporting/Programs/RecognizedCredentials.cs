using System.Collections.Immutable;
using System.Globalization;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Reporting.Programs;

/// <summary>An entry of a list: an industry credential that the state recognizes. A badge of ours is none unless the entry names it.</summary>
/// <param name="From">The first day on which it is recognized.</param>
/// <param name="Until">The first day on which it is no more; null for no end.</param>
/// <param name="Badges">Short names of the badges that count as it; a stack's own award by the short name of the stack behind <c>stacks/</c>.</param>
public sealed record RecognizedCredential(string Code, string Name, string Issuer, decimal? Points, DateOnly From, DateOnly? Until, ImmutableArray<string> Badges)
{
    public bool IsInForceOn(DateOnly day) => From <= day && (Until is null || day < Until);
}

/// <summary>What an office recognizes in a school year, as it came; a later import of the year takes its place.</summary>
/// <param name="Year">In which the school year ends.</param>
public sealed record RecognizedCredentialList(OrganizationId Organization, int Year, ImmutableArray<RecognizedCredential> Entries, PersonId By, DateTimeOffset At)
{
    public const int MaxEntries = 5000;

    public string Id => IdOf(Organization, Year);

    public static string IdOf(OrganizationId organization, int year) => FormattableString.Invariant($"{organization.Value}/{year:d4}");
}

public static class RecognizedCredentialDocuments
{
    public static readonly AccessPath<RecognizedCredentialList> ByOrganization =
        new AccessPath<RecognizedCredentialList>("organization").Equal("organization", l => l.Organization.Value).OrderBy("year", l => (long?)l.Year);

    public static readonly DocumentKind<RecognizedCredentialList> Kind = new("recognized_credential_list", l => l.Id) { Paths = [ByOrganization] };
}

/// <summary>The lists that count at a school: of a year its own, else the nearest above.</summary>
/// <param name="firstMonth">The month in which a school year begins.</param>
public sealed class RecognizedLists(IEnumerable<RecognizedCredentialList> nearestFirst, int firstMonth = 7)
{
    private readonly Dictionary<int, RecognizedCredentialList> lists = nearestFirst.GroupBy(list => list.Year).ToDictionary(group => group.Key, group => group.First());

    /// <summary>The entry with this code in the list of the school year of the day, where it is in force on that day; null where there is none.</summary>
    public RecognizedCredential? OfCode(string code, DateOnly day) => On(day).FirstOrDefault(entry => entry.Code == code);

    /// <summary>The entries for which a badge counts on a day.</summary>
    public IEnumerable<RecognizedCredential> OfBadge(string badge, DateOnly day) => On(day).Where(entry => entry.Badges.Contains(badge, StringComparer.Ordinal));

    /// <summary>The entries for which the award of a stack counts on a day.</summary>
    public IEnumerable<RecognizedCredential> OfStack(string stack, DateOnly day) => OfBadge($"stacks/{stack}", day);

    private IEnumerable<RecognizedCredential> On(DateOnly day) =>
        lists.TryGetValue(day.Month >= firstMonth ? day.Year + 1 : day.Year, out var list) ? list.Entries.Where(entry => entry.IsInForceOn(day)) : [];

    /// <exception cref="RefusedException"><c>organization.not-found</c>.</exception>
    public static async Task<RecognizedLists> ReadAsync(IDocumentStore store, OrganizationId school, CancellationToken cancellationToken)
    {
        var found = new List<RecognizedCredentialList>();
        foreach (var layer in await new EffectiveSettings(store).LayersAsync(school, cancellationToken))
        {
            if (layer.Origin is { } origin)
            {
                await foreach (var list in store.AllAsync(RecognizedCredentialDocuments.Kind, RecognizedCredentialDocuments.ByOrganization.Where(origin.Id.Value), cancellationToken))
                {
                    found.Add(list.Document);
                }
            }
        }

        return new(found);
    }
}

/// <summary>How a day and a number are written in files.</summary>
internal static class FileCells
{
    public static string Of(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    public static DateOnly? Day(string cell) => cell.Length == 0 ? null : DateOnly.ParseExact(cell, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Of(decimal? number) => number?.ToString("0.####", CultureInfo.InvariantCulture) ?? "";
}
