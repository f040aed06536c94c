using SkillBadges.App.Layout;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Organizations.Office;

/// <summary>Settings by their names, in people's words: those of the form that asks for them, and those that no form asks for.</summary>
internal static class SettingWords
{
    /// <param name="names">With spaces between, as an act has them.</param>
    public static string OfAll(Texts T, string names) => string.Join(", ", names.Split(' ').Select(name => Of(T, name)));

    /// <param name="name">As <see cref="SettingValues.DifferingFrom"/> has it.</param>
    public static string Of(Texts T, string name) => name switch
    {
        "attempts" => T["How often a student may try"],
        "signOffs" => T["Who signs a badge before it is published"],
        "scoring" => T["How a history of sign-offs is read"],
        "profile" => T["What transcripts say of you"],
        _ => SettingField.All.FirstOrDefault(field => Sets(field, name))?.Words(T) ?? name,
    };

    // A field sets one value; which one is seen from what is different without it.
    private static bool Sets(SettingField field, string name) => field.Set(SettingValues.Defaults, null).DifferingFrom(SettingValues.Defaults).Contains(name);
}
