"""The names of the benchmark's students, in the order in which chance picks them."""


def names(text):
    return [name.strip() for name in text.split(",")]


# Null and NA are surnames, and may be taken for a missing value.
LAST_NAMES = names("""
Adams, Allen, Alvarez, Anderson, Bailey, Baker, Barnes, Bell, Bennett, Brooks, Brown, Bryant, Butler,
Campbell, Carter, Castillo, Chavez, Clark, Coleman, Collins, Cook, Cooper, Cox, Cruz, Davis, Diaz,
Edwards, Evans, Fisher, Flores, Ford, Foster, Garcia, Gibson, Gomez, Gonzalez, Graham, Gray, Green,
Griffin, Hall, Hamilton, Harris, Harrison, Hayes, Henderson, Hernandez, Hill, Howard, Hughes, Jackson,
James, Jenkins, Johnson, Jones, Jordan, Kelly, Kim, King, Lee, Lewis, Long, Lopez, Marshall, Martin,
Martinez, Mason, McDonald, Mendoza, Miller, Mitchell, Moore, Morales, Morgan, Morris, Murphy, Murray,
Myers, Nelson, Nguyen, Ortiz, Owens, Parker, Patel, Patterson, Perez, Perry, Peterson, Phillips, Powell,
Price, Ramirez, Reed, Reyes, Reynolds, Richardson, Rivera, Roberts, Robinson, Rodriguez, Rogers, Ross,
Ruiz, Russell, Sanchez, Sanders, Scott, Simmons, Smith, Stewart, Sullivan, Taylor, Thomas, Thompson,
Torres, Turner, Walker, Wallace, Ward, Washington, Watson, West, White, Williams, Wilson, Wood, Woods,
Wright, Young, Null, NA, O'Brien, D'Angelo, De La Cruz, Van Horn, Nuñez, Müller, García-López
""")

# As they stand in the file, these need quotes.
QUOTED_LAST_NAMES = ["Smith, Jr.", "Johnson, III", 'Van "Dutch" Horn', "Brown, Sr.", '"Mac" Donald',
                     'Lee, "Bo", II']

FIRST_NAMES = names("""
Aaron, Abigail, Adrian, Aiden, Alex, Alice, Amelia, Andrew, Angel, Anna, Anthony, Aria, Ashley, Austin,
Ava, Bella, Benjamin, Brandon, Brian, Caleb, Camila, Carlos, Caroline, Carter, Charlotte, Chloe,
Christian, Claire, Cole, Daniel, David, Diego, Dylan, Eleanor, Eli, Elijah, Elizabeth, Ella, Emily, Emma,
Eric, Ethan, Eva, Evan, Evelyn, Gabriel, Genesis, Grace, Grayson, Hailey, Hannah, Harper, Hazel, Henry,
Hunter, Ian, Isaac, Isabella, Isaiah, Jack, Jackson, Jacob, James, Jasmine, Jason, Jayden, Jeremiah, John,
Jonathan, Jordan, Jose, Joseph, Joshua, Josiah, Juan, Julian, Justin, Katherine, Kayla, Kevin, Kylie,
Landon, Layla, Leah, Levi, Liam, Lillian, Lily, Logan, Lucas, Lucy, Luis, Luke, Luna, Madison, Maria,
Mason, Mateo, Matthew, Maya, Melanie, Mia, Michael, Mila, Naomi, Natalie, Nathan, Noah, Nora, Nova,
Oliver, Olivia, Owen, Paisley, Penelope, Riley, Robert, Ruby, Ryan, Samantha, Samuel, Sarah, Savannah,
Sebastian, Sofia, Sophia, Stella, Thomas, Tyler, Victoria, Violet, William, Wyatt, Xavier, Zachary, Zoe,
José, Zoë, Ana Lucía, Mary-Kate
""")
