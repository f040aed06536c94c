using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace SkillBadges.Core.Organizations;

public enum OrganizationKind
{
    StateOffice,
    District,
    HighSchool,
    CteCenter,
    College,
    Employer,
    IndustryBody,
    OnlineAcademy,
}

/// <summary>A school, college, employer or office. Its slug is part of its DID, so it never changes.</summary>
public sealed partial record Organization(OrganizationId Id, string Slug, string Name, OrganizationKind Kind, OrganizationId? Parent)
{
    public const int MaxNameLength = 200;
    public const int MaxTrustedIssuers = 2000;

    /// <summary>IANA name; days such as a birthday or a deadline begin here.</summary>
    public string TimeZone { get; init; } = "America/Denver";

    /// <summary>The scale that new work is judged on, such as <c>four-level</c>.</summary>
    public string? ScaleId { get; init; }

    /// <summary>Issuers (DIDs) whose decisions satisfy a competency here by reference.</summary>
    public ImmutableArray<string> TrustedIssuers { get; init; } = [];

    /// <summary>Of the picture that its documents show; always one that <c>IssuerLogo</c> let in.</summary>
    public Sha256Digest? Logo { get; init; }

    /// <summary>Kinds that keep learners' records and issue badges in their own name.</summary>
    public bool KeepsRecords => Kind is OrganizationKind.HighSchool or OrganizationKind.CteCenter or OrganizationKind.College or OrganizationKind.OnlineAcademy;

    /// <summary>The day that it is there.</summary>
    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(ClockOf(instant));

    /// <summary>What the clock on the wall shows there.</summary>
    public DateTime ClockOf(DateTimeOffset instant) => (TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) ? TimeZoneInfo.ConvertTime(instant, zone) : instant).DateTime;

    /// <summary>The first instant of a day there; where the clock is put forward over midnight, the first instant that there is.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var found) ? found : TimeZoneInfo.Utc;
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <exception cref="RefusedException"><c>organization.slug</c> or <c>organization.name</c>.</exception>
    public static Organization Found(OrganizationId id, string slug, string name, OrganizationKind kind, OrganizationId? parent)
    {
        if (slug.Length is < 2 or > 60 || !SlugForm().IsMatch(slug))
        {
            throw Refused.Invalid("organization.slug", "A short name has 2 to 60 lower-case letters, digits and single hyphens, such as westfield-high.");
        }

        return new(id, slug, DisplayText.Require(name, MaxNameLength, "organization.name"), kind, parent);
    }

    /// <summary>Roles belong to kinds of organization: a state admin to a state office, a supervisor to where work is done.</summary>
    public bool Fits(Role role) => role switch
    {
        Role.OrganizationAdmin => true,
        Role.StateAdmin => Kind == OrganizationKind.StateOffice,
        Role.Supervisor or Role.Employer => Kind is OrganizationKind.Employer or OrganizationKind.IndustryBody,
        Role.IndustryAuthor => Kind is OrganizationKind.IndustryBody or OrganizationKind.Employer or OrganizationKind.StateOffice,
        _ => KeepsRecords || Kind == OrganizationKind.District,
    };

    /// <exception cref="RefusedException"><c>role.not-here</c>.</exception>
    public void RequireFits(Role role)
    {
        if (!Fits(role))
        {
            throw Refused.Invalid("role.not-here", "An organization of this kind has no such role.");
        }
    }

    /// <exception cref="RefusedException"><c>organization.time-zone</c>.</exception>
    public Organization InTimeZone(string timeZone) => timeZone.Length <= 60 && TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var found) && found.HasIanaId
        ? this with { TimeZone = timeZone }
        : throw Refused.Invalid("organization.time-zone", "A time zone is an IANA name such as America/Denver.");

    /// <exception cref="RefusedException"><c>organization.scale</c>.</exception>
    public Organization OnScale(string scaleId) => scaleId.Length <= 60 && SlugForm().IsMatch(scaleId)
        ? this with { ScaleId = scaleId }
        : throw Refused.Invalid("organization.scale", "A scale is named by its id, such as four-level.");

    /// <param name="issuer">A DID, such as <c>did:web:badges.example.org:orgs:westfield-high</c>.</param>
    /// <exception cref="RefusedException"><c>organization.issuer</c> or <c>organization.too-many-issuers</c>.</exception>
    public Organization Trust(string issuer)
    {
        if (issuer.Length > 250 || !DidForm().IsMatch(issuer))
        {
            throw Refused.Invalid("organization.issuer", "An issuer is named by its DID, such as did:web:badges.example.org:orgs:westfield-high.");
        }

        if (TrustedIssuers.Contains(issuer))
        {
            return this;
        }

        return TrustedIssuers.Length < MaxTrustedIssuers
            ? this with { TrustedIssuers = TrustedIssuers.Add(issuer) }
            : throw Refused.Invalid("organization.too-many-issuers", $"The list of accepted schools holds at most {MaxTrustedIssuers}.");
    }

    public Organization Distrust(string issuer) => this with { TrustedIssuers = TrustedIssuers.Remove(issuer) };

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex SlugForm();

    // DID Core (REC 2022-07-19) 3.1.
    [GeneratedRegex(@"^did:[a-z0-9]+(:([A-Za-z0-9._-]|%[0-9A-Fa-f]{2})+)+\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex DidForm();
}
