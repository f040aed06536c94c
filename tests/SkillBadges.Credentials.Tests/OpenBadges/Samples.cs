using SkillBadges.Credentials.OpenBadges;

namespace SkillBadges.Credentials.Tests.OpenBadges;

/// <summary>Credentials of the shape that the product issues.</summary>
internal static class Samples
{
    public const string Issuer = "did:web:badges.example:orgs:riverside-high";

    public static readonly DateTimeOffset Awarded = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);

    public static AchievementCredential Welding() => new()
    {
        Id = "urn:uuid:0199f0d1-5a1e-7c3b-9d62-3f0a1b2c3d4e",
        Name = "SMAW fillet weld",
        Description = "Welds fillet joints by the shielded metal arc process.",
        Issuer = new Profile { Id = Issuer, Name = "Riverside High School", Url = "https://badges.example/orgs/riverside-high" },
        ValidFrom = Awarded,
        ValidUntil = Awarded.AddYears(3),
        AwardedDate = Awarded,
        CredentialSubject = new AchievementSubject
        {
            Id = "urn:uuid:0199f0d1-0000-7000-8000-00000000002a",
            Achievement = Achievement(),
            Result =
            [
                new Result { ResultDescription = Competency("safety"), AchievedLevel = Level("safety", 3) },
                new Result { ResultDescription = Competency("bead"), AchievedLevel = Level("bead", 4) },
            ],
            Source = new Profile { Id = "did:web:badges.example:orgs:valley-cte", Name = "Valley CTE Center" },
        },
        Evidence =
        [
            new Evidence
            {
                Id = SkillBadges.Credentials.OpenBadges.Evidence.IdOf(new byte[32]),
                Name = "Test coupon",
                Genre = "Photo",
            },
        ],
        CredentialStatus = [Status("revocation", 94_567), Status("suspension", 120_001)],
    };

    /// <summary>Every member that the records have, once.</summary>
    public static AchievementCredential Full()
    {
        var badge = Welding();
        var subject = badge.CredentialSubject;
        var achievement = subject.Achievement;
        var description = achievement.ResultDescription[0];
        var organization = badge.Issuer with
        {
            Description = "A public high school.",
            Image = new Image("data:image/png;base64,AAAA"),
            Phone = "+1 555 0100",
            Email = "registrar@riverside.example",
            Official = "Registrar",
            ParentOrg = new Profile { Id = "did:web:badges.example:orgs:valley-district" },
            OtherIdentifier = [new IdentifierEntry("0600001", "ext:NCES")],
            Endorsement = [new VerbatimJson(Endorsement().ToJson())],
            EndorsementJwt = ["e30.e30.AAAA"],
            Address = new Address
            {
                AddressCountry = "United States",
                AddressCountryCode = "US",
                AddressRegion = "CA",
                AddressLocality = "Riverside",
                StreetAddress = "1 Main Street",
                PostOfficeBoxNumber = "12",
                PostalCode = "92501",
                Geo = new GeoCoordinates(33.95m, -117.4m),
            },
        };
        return badge with
        {
            Image = new Image("https://badges.example/badge.png"),
            Issuer = organization,
            Endorsement = [new VerbatimJson(Endorsement().ToJson())],
            EndorsementJwt = ["e30.e30.AAAA"],
            CredentialSchema = [new CredentialSchema(OpenBadgeTerms.CredentialSchemaUrl)],
            Evidence = [badge.Evidence[0] with { Narrative = "Three coupons.", Description = "Photo of a cut", Audience = "Employers" }],
            CredentialSubject = subject with
            {
                Identifier = [IdentityObject.OfHash("0199f0d1", "systemId", "c2FsdA")],
                ActivityStartDate = Awarded.AddMonths(-5),
                ActivityEndDate = Awarded.AddDays(-1),
                CreditsEarned = 0.5m,
                Image = new Image("https://badges.example/subject.png"),
                LicenseNumber = "L-1",
                Narrative = "Steady work.",
                Role = "Apprentice",
                Term = "2026 spring",
                Result = [subject.Result[0] with { Value = "3", Status = "Completed", Alignment = achievement.Alignment }],
                Achievement = achievement with
                {
                    Criteria = new Criteria { Id = "https://badges.example/criteria", Narrative = "Weld." },
                    Creator = organization,
                    CreditsAvailable = 1.25m,
                    FieldOfStudy = "Manufacturing",
                    Specialization = "Welding",
                    HumanCode = "W-101",
                    OtherIdentifier = [new IdentifierEntry("ce-1", "ext:CTID")],
                    Related = [new Related("https://badges.example/achievements/smaw-fillet/1") { InLanguage = "en", Version = "1" }],
                    Endorsement = [new VerbatimJson(Endorsement().ToJson())],
                    EndorsementJwt = ["e30.e30.AAAA"],
                    Alignment = [achievement.Alignment[0] with { TargetDescription = "Join metal parts." }],
                    ResultDescription =
                    [
                        description with
                        {
                            AllowedValue = ["1", "2", "3", "4"],
                            RequiredValue = "3",
                            ValueMin = "1",
                            ValueMax = "4",
                            Alignment = achievement.Alignment,
                            RubricCriterionLevel = [.. description.RubricCriterionLevel.Select(level => level with { Alignment = achievement.Alignment })],
                        },
                    ],
                },
            },
        };
    }

    public static EndorsementCredential Endorsement() => new()
    {
        Id = "urn:uuid:0199f0d1-5a1e-7c3b-9d62-3f0a1b2c3d4f",
        Name = "Recognized by the welding council",
        Issuer = new Profile { Id = "did:web:council.example", Name = "Welding Council" },
        ValidFrom = Awarded,
        CredentialSubject = new EndorsementSubject(Achievement().Id, "We hire on it."),
    };

    public static string Competency(string code) => $"https://badges.example/achievements/smaw-fillet/2#{code}";

    public static string Level(string code, int level) => $"{Competency(code)}-{level}";

    private static Achievement Achievement() => new()
    {
        Id = "https://badges.example/achievements/smaw-fillet/2",
        Name = "SMAW fillet weld",
        Description = "Welds fillet joints by the shielded metal arc process.",
        Criteria = new Criteria { Narrative = "Weld **three** coupons that pass a visual test." },
        AchievementType = "Competency",
        Version = "2",
        InLanguage = "en-US",
        Image = new Image("https://badges.example/achievements/smaw-fillet/2/image.png", "A welding mask"),
        Alignment =
        [
            new Alignment
            {
                TargetName = "Welders, Cutters, Solderers, and Brazers",
                TargetUrl = "https://www.onetonline.org/link/summary/51-4121.00",
                TargetCode = "51-4121.00",
                TargetFramework = "O*NET-SOC 2019",
                TargetType = "ext:O-NET-SOC",
            },
        ],
        Tag = ["welding", "manufacturing"],
        ResultDescription = [Description("safety", "Works safely"), Description("bead", "Runs a sound bead")],
    };

    private static ResultDescription Description(string code, string name) => new()
    {
        Id = Competency(code),
        Name = name,
        ResultType = "RubricCriterionLevel",
        RequiredLevel = Level(code, 3),
        RubricCriterionLevel =
        [
            .. Enumerable.Range(1, 4).Select(level => new RubricCriterionLevel
            {
                Id = Level(code, level),
                Name = $"Level {level}",
                Level = $"{level}",
                Points = $"{level}",
                Description = $"What level {level} looks like.",
            }),
        ],
    };

    private static BitstringStatusListEntry Status(string purpose, long index) => new()
    {
        Id = $"https://badges.example/status/{purpose}/7#{index}",
        StatusPurpose = purpose,
        StatusListIndex = index,
        StatusListCredential = $"https://badges.example/status/{purpose}/7",
    };
}
