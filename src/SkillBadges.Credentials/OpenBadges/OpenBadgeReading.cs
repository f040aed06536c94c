using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>
/// Foreign JSON to records, for people's eyes: compacted arrays, language maps and the VCDM 1.1 dates are understood, what has another shape is left out.
/// Whether the document follows the rules is another question.
/// </summary>
internal static class OpenBadgeReading
{
    public static AchievementCredential? AchievementCredential(JsonElement json)
    {
        var subject = First(json, "credentialSubject");
        var achievement = First(subject, "achievement");
        var validFrom = Instant(json, "validFrom") ?? Instant(json, "issuanceDate");
        if (Issuer(json) is not { } issuer || achievement.ValueKind != JsonValueKind.Object || validFrom is not { } from)
        {
            return null;
        }

        return new AchievementCredential
        {
            Id = Text(json, "id") ?? "",
            Name = Text(json, "name"),
            Description = Text(json, "description"),
            Image = Image(json),
            Issuer = issuer,
            ValidFrom = from,
            ValidUntil = Instant(json, "validUntil") ?? Instant(json, "expirationDate"),
            AwardedDate = Instant(json, "awardedDate"),
            CredentialSubject = Subject(subject, achievement),
            Evidence = Objects(json, "evidence", Evidence),
            Endorsement = Objects(json, "endorsement", Verbatim),
            EndorsementJwt = Texts(json, "endorsementJwt"),
            CredentialSchema = Objects(json, "credentialSchema", e => new CredentialSchema(Text(e, "id") ?? "", Text(e, "type") ?? "")),
            CredentialStatus = [.. Objects(json, "credentialStatus", StatusEntry).OfType<BitstringStatusListEntry>()],
        };
    }

    private static AchievementSubject Subject(JsonElement json, JsonElement achievement) => new()
    {
        Id = Text(json, "id"),
        Achievement = Achievement(achievement),
        Identifier = Objects(json, "identifier", e => new IdentityObject
        {
            Hashed = e.TryGetProperty("hashed", out var hashed) && hashed.ValueKind == JsonValueKind.True,
            IdentityHash = Text(e, "identityHash") ?? "",
            IdentityType = Text(e, "identityType") ?? "",
            Salt = Text(e, "salt"),
        }),
        Result = Objects(json, "result", e => new Result
        {
            ResultDescription = Text(e, "resultDescription"),
            AchievedLevel = Text(e, "achievedLevel"),
            Value = Text(e, "value"),
            Status = Text(e, "status"),
            Alignment = Objects(e, "alignment", Alignment),
        }),
        Source = Profile(First(json, "source")),
        ActivityStartDate = Instant(json, "activityStartDate"),
        ActivityEndDate = Instant(json, "activityEndDate"),
        CreditsEarned = Number(json, "creditsEarned"),
        Image = Image(json),
        LicenseNumber = Text(json, "licenseNumber"),
        Narrative = Text(json, "narrative"),
        Role = Text(json, "role"),
        Term = Text(json, "term"),
    };

    private static Achievement Achievement(JsonElement json) => new()
    {
        Id = Text(json, "id") ?? "",
        Name = Text(json, "name") ?? "",
        Description = Text(json, "description") ?? "",
        Criteria = First(json, "criteria") is { ValueKind: JsonValueKind.Object } criteria
            ? new Criteria { Id = Text(criteria, "id"), Narrative = Text(criteria, "narrative") }
            : new Criteria(),
        AchievementType = Text(json, "achievementType"),
        Version = Text(json, "version"),
        InLanguage = Text(json, "inLanguage"),
        Image = Image(json),
        Creator = Profile(First(json, "creator")),
        CreditsAvailable = Number(json, "creditsAvailable"),
        FieldOfStudy = Text(json, "fieldOfStudy"),
        Specialization = Text(json, "specialization"),
        HumanCode = Text(json, "humanCode"),
        OtherIdentifier = Objects(json, "otherIdentifier", IdentifierEntry),
        Alignment = Objects(json, "alignment", Alignment),
        Tag = Texts(json, "tag"),
        ResultDescription = Objects(json, "resultDescription", ResultDescription),
        Related = Objects(json, "related", e => new Related(Text(e, "id") ?? "") { InLanguage = Text(e, "inLanguage"), Version = Text(e, "version") }),
        Endorsement = Objects(json, "endorsement", Verbatim),
        EndorsementJwt = Texts(json, "endorsementJwt"),
    };

    private static ResultDescription ResultDescription(JsonElement json) => new()
    {
        Id = Text(json, "id") ?? "",
        Name = Text(json, "name") ?? "",
        ResultType = Text(json, "resultType") ?? "",
        AllowedValue = Texts(json, "allowedValue"),
        RequiredLevel = Text(json, "requiredLevel"),
        RequiredValue = Text(json, "requiredValue"),
        ValueMin = Text(json, "valueMin"),
        ValueMax = Text(json, "valueMax"),
        Alignment = Objects(json, "alignment", Alignment),
        RubricCriterionLevel = Objects(json, "rubricCriterionLevel", e => new RubricCriterionLevel
        {
            Id = Text(e, "id") ?? "",
            Name = Text(e, "name") ?? "",
            Level = Text(e, "level"),
            Points = Text(e, "points"),
            Description = Text(e, "description"),
            Alignment = Objects(e, "alignment", Alignment),
        }),
    };

    private static Evidence Evidence(JsonElement json) => new()
    {
        Id = Text(json, "id"),
        Name = Text(json, "name"),
        Narrative = Text(json, "narrative"),
        Description = Text(json, "description"),
        Genre = Text(json, "genre"),
        Audience = Text(json, "audience"),
    };

    private static Alignment Alignment(JsonElement json) => new()
    {
        TargetName = Text(json, "targetName") ?? "",
        TargetUrl = Text(json, "targetUrl") ?? "",
        TargetType = Text(json, "targetType"),
        TargetCode = Text(json, "targetCode"),
        TargetDescription = Text(json, "targetDescription"),
        TargetFramework = Text(json, "targetFramework"),
    };

    private static IdentifierEntry IdentifierEntry(JsonElement json) =>
        new(Text(json, "identifier") ?? "", Text(json, "identifierType") ?? "");

    private static Profile? Issuer(JsonElement json) => First(json, "issuer") switch
    {
        { ValueKind: JsonValueKind.String } id => new Profile { Id = id.GetString()! },
        var profile => Profile(profile),
    };

    private static Profile? Profile(JsonElement json) => json.ValueKind != JsonValueKind.Object ? null : new Profile
    {
        Id = Text(json, "id") ?? "",
        Name = Text(json, "name"),
        Url = Text(json, "url"),
        Description = Text(json, "description"),
        Image = Image(json),
        Phone = Text(json, "phone"),
        Email = Text(json, "email"),
        Address = Address(First(json, "address")),
        Official = Text(json, "official"),
        ParentOrg = Profile(First(json, "parentOrg")),
        OtherIdentifier = Objects(json, "otherIdentifier", IdentifierEntry),
        Endorsement = Objects(json, "endorsement", Verbatim),
        EndorsementJwt = Texts(json, "endorsementJwt"),
    };

    private static Address? Address(JsonElement json) => json.ValueKind != JsonValueKind.Object ? null : new Address
    {
        AddressCountry = Text(json, "addressCountry"),
        AddressCountryCode = Text(json, "addressCountryCode"),
        AddressRegion = Text(json, "addressRegion"),
        AddressLocality = Text(json, "addressLocality"),
        StreetAddress = Text(json, "streetAddress"),
        PostOfficeBoxNumber = Text(json, "postOfficeBoxNumber"),
        PostalCode = Text(json, "postalCode"),
        Geo = First(json, "geo") is { ValueKind: JsonValueKind.Object } geo && Number(geo, "latitude") is { } north && Number(geo, "longitude") is { } east
            ? new GeoCoordinates(north, east)
            : null,
    };

    private static Image? Image(JsonElement json) => First(json, "image") switch
    {
        { ValueKind: JsonValueKind.String } id => new Image(id.GetString()!),
        { ValueKind: JsonValueKind.Object } image when Text(image, "id") is { } id => new Image(id, Text(image, "caption")),
        _ => null,
    };

    private static BitstringStatusListEntry? StatusEntry(JsonElement json) =>
        Text(json, "type") == "BitstringStatusListEntry"
        && Text(json, "statusPurpose") is { } purpose
        && Text(json, "statusListCredential") is { } list
        && long.TryParse(Text(json, "statusListIndex"), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? new BitstringStatusListEntry { Id = Text(json, "id"), StatusPurpose = purpose, StatusListIndex = index, StatusListCredential = list }
            : null;

    private static VerbatimJson Verbatim(JsonElement json) => new(Encoding.UTF8.GetBytes(json.GetRawText()));

    private static JsonElement First(JsonElement json, string name)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out var value))
        {
            return default;
        }

        return value.ValueKind != JsonValueKind.Array ? value : value.GetArrayLength() > 0 ? value[0] : default;
    }

    // A text, the first of several, or of a language map or value object the plain or English one, else the first.
    private static string? Text(JsonElement json, string name) => Text(First(json, name));

    private static string? Text(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            var languages = value.EnumerateObject().Where(language => language.Value.ValueKind == JsonValueKind.String).ToList();
            value = languages.OrderByDescending(language => language.Name == "@value" || language.Name.StartsWith("en", StringComparison.Ordinal)).FirstOrDefault().Value;
        }

        return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    private static List<string> Texts(JsonElement json, string name) => [.. Values(json, name).Select(Text).OfType<string>()];

    private static List<T> Objects<T>(JsonElement json, string name, Func<JsonElement, T> read) =>
        [.. Values(json, name).Where(value => value.ValueKind == JsonValueKind.Object).Select(read)];

    private static List<JsonElement> Values(JsonElement json, string name)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out var value))
        {
            return [];
        }

        return value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
    }

    private static decimal? Number(JsonElement json, string name) =>
        First(json, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDecimal(out var value) ? value : null;

    // ISO 8601 only; a time without an offset is taken as UTC, whatever zone this machine is in.
    private static DateTimeOffset? Instant(JsonElement json, string name)
    {
        var value = First(json, name);
        if (value.ValueKind != JsonValueKind.String || !value.TryGetDateTime(out var time))
        {
            return null;
        }

        if (time.Kind == DateTimeKind.Unspecified)
        {
            return new DateTimeOffset(time, TimeSpan.Zero);
        }

        return value.TryGetDateTimeOffset(out var instant) ? instant : null;
    }
}
