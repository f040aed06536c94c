using SkillBadges.App.Layout;

namespace SkillBadges.App.Definitions;

/// <summary>What people read for the field of a badge. Fields that a school invents are shown as they are written.</summary>
internal static class BadgeFields
{
    public static string Title(Texts T, string field) => field switch
    {
        "academics" => T["Academics"],
        "agriculture" => T["Agriculture"],
        "automotive" => T["Automotive"],
        "business" => T["Business"],
        "construction" => T["Construction"],
        "culinary" => T["Culinary"],
        "education" => T["Education"],
        "health" => T["Health"],
        "manufacturing" => T["Manufacturing"],
        "media" => T["Media"],
        "technology" => T["Technology"],
        "welding" => T["Welding"],
        "workplace" => T["Workplace"],
        _ => field.Length == 0 ? field : char.ToUpperInvariant(field[0]) + field[1..].Replace('-', ' '),
    };
}
