using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace SkillBadges.App.Http;

/// <summary>A value of an enumeration in an address, spelled as in JSON: <c>?role=organizationAdmin</c>.</summary>
internal readonly record struct Named<T>(T Value)
    where T : struct, Enum
{
    public static bool TryParse([NotNullWhen(true)] string? text, out Named<T> named)
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (JsonNamingPolicy.CamelCase.ConvertName(value.ToString()) == text)
            {
                named = new(value);
                return true;
            }
        }

        named = default;
        return false;
    }
}
