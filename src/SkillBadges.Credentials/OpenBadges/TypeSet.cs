using System.Text;
using SkillBadges.Credentials.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>A <c>type</c>: one text or an array of texts. Read in plain loops, since every object of a document has one.</summary>
internal static class TypeSet
{
    public static bool IsTextOrTexts(TapeValue value)
    {
        foreach (var item in value.Items)
        {
            if (!item.IsString)
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>Types of which a <c>type</c> needs one.</summary>
internal sealed class NeededType(string[] names)
{
    private readonly byte[][] utf8 = [.. names.Select(Encoding.UTF8.GetBytes)];

    public IReadOnlyList<string> Names => names;

    public bool IsIn(TapeValue types)
    {
        foreach (var item in types.Items)
        {
            foreach (var name in utf8)
            {
                if (item.Is(name))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
